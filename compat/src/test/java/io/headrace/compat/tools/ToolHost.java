package io.headrace.compat.tools;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;

/**
 * A JVM that runs one of Kafka's tools after the other, as their scripts would each in a JVM of its own. It reads the main
 * class and the arguments from its input and writes the exit code and all that was printed; it ends with its input.
 */
final class ToolHost {

    /** Where Kafka keeps the exit that can be replaced. It has moved between releases. */
    private static final String EXIT = "org.apache.kafka.common.utils.Exit";

    /** Some tools print what they catch, and so this. */
    static final String ENDED = "the tool has ended";

    private static Integer exitCode;

    private ToolHost() {}

    /** Ends the tool that called for the end of the JVM. */
    private static final class Ended extends Error {
        private static final long serialVersionUID = 1;

        Ended() {
            super(ENDED, null, false, false);
        }
    }

    public static void main(String... none) throws Exception {
        DataInputStream orders = new DataInputStream(System.in);
        DataOutputStream answers = new DataOutputStream(System.out);
        replaceExit();
        while (true) {
            String mainClass;
            try {
                mainClass = orders.readUTF();
            } catch (EOFException _) {
                return;
            }
            String[] arguments = new String[orders.readInt()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = orders.readUTF();
            }
            byte[] printed = run(mainClass, arguments);
            answers.writeInt(exitCode == null ? 0 : exitCode);
            answers.writeInt(printed.length);
            answers.write(printed);
            answers.flush();
        }
    }

    private static byte[] run(String mainClass, String[] arguments) throws IOException {
        exitCode = null;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(stream);
            System.setErr(stream);
            Method main = Class.forName(mainClass).getMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) arguments);
        } catch (InvocationTargetException thrown) {
            if (exitCode == null) {
                exitCode = 1;
                printed.write(thrown.getCause().toString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (ReflectiveOperationException notThere) {
            throw new IllegalStateException(mainClass, notThere);
        }
        return printed.toByteArray();
    }

    /** A tool that catches its own end may call for another; the first one counts. */
    private static void replaceExit() throws ReflectiveOperationException {
        Class<?> exit = Class.forName(EXIT);
        Class<?> procedure = Class.forName(EXIT + "$Procedure");
        Object end =
                Proxy.newProxyInstance(ToolHost.class.getClassLoader(), new Class<?>[] {procedure}, (_, _, said) -> {
                    if (exitCode == null) {
                        exitCode = (Integer) said[0];
                        if (said[1] != null) {
                            System.err.println(said[1]);
                        }
                    }
                    throw new Ended();
                });
        exit.getMethod("setExitProcedure", procedure).invoke(null, end);
        exit.getMethod("setHaltProcedure", procedure).invoke(null, end);
    }
}
