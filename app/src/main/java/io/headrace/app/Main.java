package io.headrace.app;

/** Where the process begins. Runs on the main thread. */
final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        String version = Main.class.getPackage().getImplementationVersion();
        System.out.println("headrace " + (version == null ? "(not from a jar)" : version));
    }
}
