package io.headrace.replication;

/** What one leader holds of the {@link UnflushedBudget}, and its place among those who wait for more. */
final class BudgetShare {

    private final UnflushedBudget budget;
    private final Runnable whenAvailable;
    private long takenBytes;
    private boolean waiting;

    /** @param whenAvailable runs each time that there is room again after the leader had to wait */
    BudgetShare(UnflushedBudget budget, Runnable whenAvailable) {
        this.budget = budget;
        this.whenAvailable = whenAvailable;
    }

    boolean spent() {
        return budget.spent();
    }

    /** True if the budget is spent; the leader hears when it is not any more. */
    boolean mustWait() {
        if (!budget.spent()) {
            return false;
        }
        if (!waiting) {
            waiting = true;
            budget.whenAvailable(() -> {
                waiting = false;
                whenAvailable.run();
            });
        }
        return true;
    }

    /** Lets the budget know what the leader has unflushed now. */
    void settle(long unflushedBytes) {
        long more = unflushedBytes - takenBytes;
        takenBytes = unflushedBytes;
        if (more > 0) {
            budget.take(more);
        } else if (more < 0) {
            budget.giveBack(-more);
        }
    }
}
