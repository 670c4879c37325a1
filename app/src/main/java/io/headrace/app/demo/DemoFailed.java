package io.headrace.app.demo;

/** The demo has found that something is not as promised, or could not go on. */
public final class DemoFailed extends Exception {

    private static final long serialVersionUID = 1L;

    DemoFailed(String message) {
        super(message);
    }

    DemoFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
