package io.minicloud.controller.ec2.instancetype;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.minicloud.api.ec2.InstanceType;
import io.minicloud.api.ec2.InstanceTypeStatus;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.change.Verdict;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** Says that an InstanceType is offered, so that it can be waited for as any kind can. */
@ControllerConfiguration(
        name = "instancetype",
        fieldManager = "minicloud-instancetype",
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class InstanceTypeReconciler implements Reconciler<InstanceType> {
    private final Clock clock;

    /** A reconciler by this clock. */
    public InstanceTypeReconciler(Clock clock) {
        this.clock = clock;
    }

    @Override
    public UpdateControl<InstanceType> reconcile(InstanceType type, Context<InstanceType> context) {
        var conditions = Verdict.allTrue(Verdict.conditions(type, clock), InstanceTypeReason.Offered)
                .build();
        var status = new InstanceTypeStatus(conditions, type.getMetadata().getGeneration());
        return StatusUpdate.of(type, InstanceType::new, status);
    }
}
