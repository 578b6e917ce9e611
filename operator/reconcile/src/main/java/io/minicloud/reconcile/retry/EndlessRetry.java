package io.minicloud.reconcile.retry;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.GenericRetryExecution;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;

/**
 * Tries again for ever: after half a second at first, half as long again each time, at most every minute. The
 * framework's default gives up after some 18 seconds and then waits for hours.
 */
public final class EndlessRetry implements Retry {
    /** The first wait, milliseconds. */
    public static final int INITIAL_INTERVAL_MS = 500;

    /** The longest wait, milliseconds. */
    public static final int MAX_INTERVAL_MS = 60_000;

    private static final double MULTIPLIER = 1.5;

    private final GenericRetry retry = new GenericRetry()
            .withoutMaxAttempts()
            .setInitialInterval(INITIAL_INTERVAL_MS)
            .setMaxInterval(MAX_INTERVAL_MS)
            .setIntervalMultiplier(MULTIPLIER);

    @Override
    public RetryExecution initExecution() {
        return new GenericRetryExecution(retry);
    }
}
