package io.minicloud.agent.dnsrecord;

import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.network.SharedNames;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.DnsRecord;
import io.minicloud.api.host.Host;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Lets every resolver of this machine answer for all names there are. It is the {@code Host} that is reconciled, since a change of
 * any name is one file: whatever comes at once is one pass, over no VPC.
 */
@ControllerConfiguration(
        name = "dnsrecord",
        retry = EndlessRetry.class,
        informer = @Informer,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class DnsRecordReconciler implements Reconciler<Host> {
    private final AgentSettings settings;
    private final SharedNames names;
    private final PlanExecutor executor;

    /**
     * The reconciler of this machine.
     *
     * @param settings which host this is
     * @param names what the resolvers answer for
     * @param executor runs the plans
     */
    public DnsRecordReconciler(AgentSettings settings, SharedNames names, PlanExecutor executor) {
        this.settings = settings;
        this.names = names;
        this.executor = executor;
    }

    @Override
    public List<EventSource<?, Host>> prepareEventSources(EventSourceContext<Host> context) {
        var records = InformerEventSourceConfiguration.from(DnsRecord.class, Host.class)
                .withNamespaces(Set.of(Labels.FABRIC_NAMESPACE))
                .withSecondaryToPrimaryMapper(record -> Set.of(new ResourceID(settings.hostName())))
                .build();
        return List.of(new InformerEventSource<>(records, context));
    }

    @Override
    public UpdateControl<Host> reconcile(Host host, Context<Host> context) {
        if (host.getMetadata().getName().equals(settings.hostName())) {
            var addresses = context.getSecondaryResources(DnsRecord.class).stream()
                    .collect(Collectors.toMap(record -> record.getMetadata().getName(), record -> record.getSpec()
                            .addresses()));
            executor.execute("Host " + settings.hostName(), names.plan(addresses));
        }
        return UpdateControl.noUpdate();
    }
}
