package io.headrace.broker.adoption;

import java.nio.file.Path;

/**
 * What is to be adopted, and how.
 *
 * @param kafka the directory that Kafka's {@code log.dirs} names
 * @param target the data directory that is made; the same as {@code kafka} if nothing is to be copied
 * @param dropSecurity ACLs and credentials may be left behind
 * @param look only find out what would be done
 */
public record AdoptionOrder(Path kafka, Path target, boolean dropSecurity, boolean look) {

    public boolean inPlace() {
        return kafka.equals(target);
    }
}
