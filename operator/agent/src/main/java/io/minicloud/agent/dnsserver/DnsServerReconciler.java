package io.minicloud.agent.dnsserver;

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
import io.minicloud.agent.network.LanAddress;
import io.minicloud.agent.network.NameServer;
import io.minicloud.agent.network.NameServers;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.DnsServer;
import io.minicloud.api.host.DnsServerSpec;
import io.minicloud.api.host.Host;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the world at all addresses there are for names. It is the {@code Host} that is reconciled: the machine has one name server
 * for all of them.
 */
@ControllerConfiguration(
        name = "dnsserver",
        retry = EndlessRetry.class,
        informer = @Informer,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class DnsServerReconciler implements Reconciler<Host> {
    private static final Logger LOG = LoggerFactory.getLogger(DnsServerReconciler.class);

    /** How often it is looked at, since nothing tells what others do to it. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private static final String LAN = "Lan";

    private final AgentSettings settings;
    private final NameServers servers;
    private final PlanExecutor executor;

    /**
     * The reconciler of this machine.
     *
     * @param settings which host this is
     * @param servers makes the name server
     * @param executor runs the plans
     */
    public DnsServerReconciler(AgentSettings settings, NameServers servers, PlanExecutor executor) {
        this.settings = settings;
        this.servers = servers;
        this.executor = executor;
    }

    @Override
    public List<EventSource<?, Host>> prepareEventSources(EventSourceContext<Host> context) {
        var asked = InformerEventSourceConfiguration.from(DnsServer.class, Host.class)
                .withNamespaces(Set.of(Labels.FABRIC_NAMESPACE))
                .withSecondaryToPrimaryMapper(server -> Set.of(new ResourceID(settings.hostName())))
                .build();
        return List.of(new InformerEventSource<>(asked, context));
    }

    @Override
    public UpdateControl<Host> reconcile(Host host, Context<Host> context) {
        if (!host.getMetadata().getName().equals(settings.hostName())) {
            return UpdateControl.noUpdate();
        }
        var asked = context.getSecondaryResources(DnsServer.class).stream()
                .map(DnsServer::getSpec)
                .toList();
        var wanted = compile(asked);
        executor.execute("Host " + settings.hostName(), servers.plan(wanted));
        wanted.lan().forEach(this::complain);
        return asked.isEmpty()
                ? UpdateControl.noUpdate()
                : UpdateControl.<Host>noUpdate().rescheduleAfter(LOOK_AGAIN);
    }

    private void complain(LanAddress address) {
        servers.obstacle(address).ifPresent(why -> LOG.atWarn()
                .addKeyValue("address", address.address())
                .addKeyValue("why", why)
                .log("nobody is answered at the DNS address of a pool"));
    }

    private NameServer compile(Collection<DnsServerSpec> asked) {
        return new NameServer(
                settings.nameServerId(),
                new OwnerTag(settings.installationId(), settings.hostNamespace(), "dnsserver", settings.hostName()),
                asked.stream().map(DnsServerSpec::address).collect(Collectors.toSet()),
                asked.stream()
                        .filter(server -> LAN.equals(server.mode()))
                        .map(server -> new LanAddress(server.address(), server.uplink()))
                        .collect(Collectors.toSet()));
    }
}
