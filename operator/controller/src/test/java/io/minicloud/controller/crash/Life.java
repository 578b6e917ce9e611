package io.minicloud.controller.crash;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Registered;
import io.minicloud.controller.acm.certificate.CertificateReconciler;
import io.minicloud.controller.ec2.addresspool.AddressPoolReconciler;
import io.minicloud.controller.ec2.elasticip.ElasticIpReconciler;
import io.minicloud.controller.ec2.image.ImageReconciler;
import io.minicloud.controller.ec2.instance.InstanceReconciler;
import io.minicloud.controller.ec2.instancetype.InstanceTypeReconciler;
import io.minicloud.controller.ec2.internetgateway.InternetGatewayReconciler;
import io.minicloud.controller.ec2.managedprefixlist.ManagedPrefixListReconciler;
import io.minicloud.controller.ec2.natgateway.NatGatewayReconciler;
import io.minicloud.controller.ec2.networkacl.NetworkAclReconciler;
import io.minicloud.controller.ec2.networkinterface.NetworkInterfaceReconciler;
import io.minicloud.controller.ec2.routetable.RouteTableReconciler;
import io.minicloud.controller.ec2.securitygroup.SecurityGroupReconciler;
import io.minicloud.controller.ec2.subnet.SubnetReconciler;
import io.minicloud.controller.ec2.volume.VolumeReconciler;
import io.minicloud.controller.ec2.vpc.VpcReconciler;
import io.minicloud.controller.elbv2.listener.ListenerReconciler;
import io.minicloud.controller.elbv2.listenerrule.ListenerRuleReconciler;
import io.minicloud.controller.elbv2.loadbalancer.LoadBalancerReconciler;
import io.minicloud.controller.elbv2.targetgroup.TargetGroupReconciler;
import io.minicloud.controller.objectstore.AccessKey;
import io.minicloud.controller.objectstore.FakeObjectStore;
import io.minicloud.controller.objectstore.ObjectStoreSettings;
import io.minicloud.controller.organizations.account.AccountReconciler;
import io.minicloud.controller.s3.bucket.BucketReconciler;
import io.minicloud.reconcile.client.SharedInformers;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** One life of the controller, with a client and caches of its own. */
final class Life implements AutoCloseable {
    private static final ObjectStoreSettings ENGINE = new ObjectStoreSettings(
            "http://in", "http://out", "home-1", new AccessKey("root", "rootroot"), Duration.ofSeconds(1));

    private final Gate gate;
    private final KubernetesClient client;
    private final Operator operator;
    private final Set<String> reconciled = ConcurrentHashMap.newKeySet();

    /**
     * Begins a life.
     *
     * @param server the API server
     * @param engine the S3 engine, which outlives it
     * @param threads how many reconciles run at once; with one, a crash never hides another action
     * @param fate ends it when true for what has happened
     */
    Life(ApiServer server, FakeObjectStore engine, int threads, Predicate<String> fate) {
        this(server, engine, threads, fate, action -> {});
    }

    /**
     * Begins a life in which something else happens too.
     *
     * @param server the API server
     * @param engine the S3 engine, which outlives it
     * @param threads how many reconciles run at once
     * @param fate ends it when true for what has happened
     * @param meanwhile runs after each action that it survives
     */
    Life(ApiServer server, FakeObjectStore engine, int threads, Predicate<String> fate, Checkpoint meanwhile) {
        gate = new Gate(event -> engine.down = fate.test(event));
        engine.down = false;
        client = ApiServer.clientBuilder(server.patientConfig())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("gate", gate))
                .build();
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(SharedInformers.of(client))
                .withConcurrentReconciliationThreads(threads)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5))
                .withMetrics(new Finished()));
        register(
                new PlanExecutor(action -> {
                    gate.passed(action);
                    meanwhile.passed(action);
                }),
                engine);
        operator.start();
    }

    Gate gate() {
        return gate;
    }

    /** Whether a pass over this object has ended. */
    boolean hasReconciled(HasMetadata object) {
        return reconciled.contains(key(object));
    }

    @Override
    public void close() {
        operator.stop();
    }

    private void register(PlanExecutor executor, FakeObjectStore engine) {
        var settings = new ControllerSettings("installation", "home-1");
        var clock = Clock.systemUTC();
        Registered.with(operator, new AccountReconciler(clock));
        Registered.with(operator, new VpcReconciler(settings, executor, clock));
        Registered.with(operator, new SubnetReconciler(settings, clock));
        Registered.with(operator, new SecurityGroupReconciler(settings, clock));
        Registered.with(operator, new ManagedPrefixListReconciler(settings, clock));
        Registered.with(operator, new NetworkAclReconciler(settings, clock));
        Registered.with(operator, new InternetGatewayReconciler(settings, clock));
        Registered.with(operator, new RouteTableReconciler(settings, clock));
        Registered.with(operator, new NetworkInterfaceReconciler(settings, executor, clock));
        Registered.with(operator, new AddressPoolReconciler(executor, clock));
        Registered.with(operator, new ElasticIpReconciler(settings, executor, clock));
        Registered.with(operator, new NatGatewayReconciler(settings, executor, clock));
        Registered.with(operator, new LoadBalancerReconciler(settings, executor, engine, ENGINE, clock));
        Registered.with(operator, new TargetGroupReconciler(settings, clock));
        Registered.with(operator, new ListenerReconciler(settings, executor, clock));
        Registered.with(operator, new ListenerRuleReconciler(settings, clock));
        Registered.with(operator, new ImageReconciler(settings, executor, clock));
        Registered.with(operator, new VolumeReconciler(settings, executor, clock));
        Registered.with(operator, new InstanceTypeReconciler(clock));
        Registered.with(operator, new InstanceReconciler(settings, executor, clock));
        Registered.with(operator, new CertificateReconciler(settings, executor, clock));
        Registered.with(operator, new BucketReconciler(settings, engine, engine, ENGINE, executor, clock));
    }

    private static String key(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                + object.getMetadata().getName();
    }

    private final class Finished implements Metrics {
        @Override
        public void reconciliationFinished(HasMetadata object, RetryInfo retry, Map<String, Object> metadata) {
            reconciled.add(key(object));
        }
    }
}
