package io.minicloud.app.wiring;

import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What both brains are given. */
@Singleton
public class SharedWiring {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    PlanExecutor planExecutor() {
        return new PlanExecutor(Checkpoint.NONE);
    }
}
