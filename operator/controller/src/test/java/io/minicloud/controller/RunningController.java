package io.minicloud.controller;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.minicloud.api.common.Labels;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.controller.ec2.addresspool.AddressPoolReconciler;
import io.minicloud.controller.ec2.elasticip.ElasticIpReconciler;
import io.minicloud.controller.ec2.image.ImageReconciler;
import io.minicloud.controller.ec2.instance.InstanceReconciler;
import io.minicloud.controller.ec2.instancetype.InstanceTypeReconciler;
import io.minicloud.controller.ec2.internetgateway.InternetGatewayReconciler;
import io.minicloud.controller.ec2.networkinterface.NetworkInterfaceReconciler;
import io.minicloud.controller.ec2.routetable.RouteTableReconciler;
import io.minicloud.controller.ec2.securitygroup.SecurityGroupReconciler;
import io.minicloud.controller.ec2.subnet.SubnetReconciler;
import io.minicloud.controller.ec2.volume.VolumeReconciler;
import io.minicloud.controller.ec2.vpc.VpcReconciler;
import io.minicloud.controller.organizations.account.AccountReconciler;
import io.minicloud.reconcile.client.SharedInformers;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The controller of a test class against a real API server: accounts, networks, and what the class is about. */
public final class RunningController implements BeforeAllCallback, AfterAllCallback {
    /**
     * What reconcilers are made of.
     *
     * @param settings of the installation home-1
     * @param executor applies all
     * @param clock the time of day
     */
    public record Parts(ControllerSettings settings, PlanExecutor executor, Clock clock) {}

    private final boolean alone;
    private final ControllerSettings settings;
    private final Function<Parts, List<Reconciler<?>>> more;
    private ApiServer server;
    private Operator operator;

    private RunningController(boolean alone, ControllerSettings settings, Function<Parts, List<Reconciler<?>>> more) {
        this.alone = alone;
        this.settings = settings;
        this.more = more;
    }

    /** On the API server that all tests share. */
    public static RunningController shared(Function<Parts, List<Reconciler<?>>> more) {
        return new RunningController(false, new ControllerSettings("installation", "home-1"), more);
    }

    /** On an API server of its own, for tests in which nobody else's pools and hosts may be found. */
    public static RunningController alone(Function<Parts, List<Reconciler<?>>> more) {
        return new RunningController(true, new ControllerSettings("installation", "home-1"), more);
    }

    /** On an API server of its own, with other quotas than AWS's. */
    public static RunningController alone(Quotas quotas, Function<Parts, List<Reconciler<?>>> more) {
        return new RunningController(true, new ControllerSettings("installation", "home-1", quotas), more);
    }

    /** On an API server of its own, with all that instances and their public addresses need. */
    public static RunningController ofInstances() {
        return alone(parts -> List.of(
                new InternetGatewayReconciler(parts.settings(), parts.clock()),
                new RouteTableReconciler(parts.settings(), parts.clock()),
                new AddressPoolReconciler(parts.executor(), parts.clock()),
                new ElasticIpReconciler(parts.settings(), parts.executor(), parts.clock()),
                new ImageReconciler(parts.settings(), parts.executor(), parts.clock()),
                new VolumeReconciler(parts.settings(), parts.executor(), parts.clock()),
                new InstanceTypeReconciler(parts.clock()),
                new InstanceReconciler(parts.settings(), parts.executor(), parts.clock())));
    }

    /** The API server. */
    public ApiServer server() {
        return server;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = alone ? ApiServer.start() : ApiServer.shared();
        server.namespace(Labels.FABRIC_NAMESPACE);
        server.namespace(Labels.AUTHORITIES_NAMESPACE);
        start();
    }

    /** Ends the controller and starts another one. */
    public void restart() {
        operator.stop();
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        operator.stop();
        if (alone) {
            server.close();
        }
    }

    private void start() {
        var parts = new Parts(settings, new PlanExecutor(Checkpoint.NONE), Clock.systemUTC());
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(SharedInformers.of(server.admin()))
                .withCloseClientOnStop(false));
        Registered.with(operator, new AccountReconciler(parts.clock()));
        Registered.with(operator, new VpcReconciler(settings, parts.executor(), parts.clock()));
        Registered.with(operator, new SubnetReconciler(settings, parts.clock()));
        Registered.with(operator, new SecurityGroupReconciler(settings, parts.clock()));
        Registered.with(operator, new NetworkInterfaceReconciler(settings, parts.executor(), parts.clock()));
        more.apply(parts).forEach(reconciler -> Registered.with(operator, reconciler));
        operator.start();
    }
}
