package io.headrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a pure module calls is judged at build time, by {@code .mvn/pure-modules.txt}. A monitor is no call, nor is a
 * volatile field or static state that two shards would share, so those are looked for here, in the class files.
 */
final class PurityTest {

    @ParameterizedTest
    @ValueSource(strings = {"ports", "wire", "log", "metadata", "replication", "coordination"})
    void aPureModuleTakesNoMonitorAndSharesNoField(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", module, "target", "classes"))) {
            List<Path> classFiles =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(classFiles).isNotEmpty();
            assertThat(classFiles.stream().flatMap(file -> impurities(parse(file)).stream()))
                    .isEmpty();
        }
    }

    @Test
    void theCheckSeesWhatItLooksFor() throws IOException {
        try (InputStream classFile = Impure.class.getResourceAsStream("PurityTest$Impure.class")) {
            assertThat(impurities(ClassFile.of().parse(classFile.readAllBytes())))
                    .map(impurity -> impurity.substring(impurity.indexOf(' ') + 1))
                    .containsExactlyInAnyOrder(
                            "field flag is volatile",
                            "field counter is static and not final",
                            "method locked is synchronized",
                            "method locking takes a monitor");
        }
    }

    private static ClassModel parse(Path classFile) {
        try {
            return ClassFile.of().parse(classFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> impurities(ClassModel type) {
        String name = type.thisClass().asInternalName() + " ";
        List<String> found = new ArrayList<>();
        for (FieldModel field : type.fields()) {
            if (field.flags().has(AccessFlag.VOLATILE)) {
                found.add(name + "field " + field.fieldName() + " is volatile");
            }
            if (field.flags().has(AccessFlag.STATIC) && !field.flags().has(AccessFlag.FINAL)) {
                found.add(name + "field " + field.fieldName() + " is static and not final");
            }
        }
        for (MethodModel method : type.methods()) {
            if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
                found.add(name + "method " + method.methodName() + " is synchronized");
            }
            if (method.code().stream()
                    .flatMap(code -> code.elementStream())
                    .anyMatch(instruction -> instruction instanceof MonitorInstruction)) {
                found.add(name + "method " + method.methodName() + " takes a monitor");
            }
        }
        return found;
    }

    /** One of each. */
    static class Impure {
        static int counter;
        volatile boolean flag;

        synchronized int locked() {
            return counter;
        }

        int locking() {
            synchronized (this) {
                return flag ? counter : 0;
            }
        }
    }
}
