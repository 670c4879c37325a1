package io.headrace.compat.group;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process of one member of each group. It leaves in order when its standard input ends. */
final class MemberMain {

    private MemberMain() {}

    /** @param args the bootstrap address, the place in the groups, the life, the protocol of migrating members, and the
     *     directory of the journals */
    public static void main(String[] args) throws IOException, InterruptedException {
        String bootstrap = args[0];
        String place = args[1];
        int life = Integer.parseInt(args[2]);
        String protocol = args[3];
        Path directory = Path.of(args[4]);
        List<Member> members = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Membership membership : Membership.values()) {
            Member member = new Member(
                    membership.consumerConfigs(bootstrap, place, protocol),
                    journalFile(directory, membership, place, life));
            members.add(member);
            threads.add(Thread.ofPlatform().name(membership.name()).start(member));
        }
        while (System.in.read() >= 0) {
            // Nothing is said to it but the end.
        }
        members.forEach(Member::stop);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    static Path journalFile(Path directory, Membership membership, String place, int life) {
        return directory.resolve(membership.name() + "-" + place + "." + life + ".journal");
    }
}
