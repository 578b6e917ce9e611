package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.controller.RunningController;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** What each story of instances needs: a host with room whose agent is played, an image, a type, and pools of addresses. */
abstract class InstanceStory extends AccountStory {
    private static final AtomicInteger RANGES = new AtomicInteger();
    private static final List<Class<? extends CustomResource<?, ? extends Conditioned>>> OF_THE_AGENT =
            List.of(HostImage.class, HostInterface.class, HostMachine.class);

    /** The first three numbers of the addresses of its pools. */
    final String range = "198.18." + RANGES.incrementAndGet();

    InstanceStory(RunningController controller) {
        super(controller);
    }

    /** Enrols an account with a VPC, main, and all that an instance of it takes but a subnet. */
    void enrolForInstances(String prefix, int maxNetworkInterfaces, String... zones) {
        enrol(prefix, zones);
        server().apply("""
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {namespace: "%s", name: "%s"}
                spec: {holderIdentity: agent, leaseDurationSeconds: 6000, renewTime: "%s.000000Z"}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: InstanceType
                metadata: {name: t3.nano}
                spec: {vCpus: 1, memoryMiB: 512, maxNetworkInterfaces: %d, ipv4AddressesPerInterface: 2}
                """.formatted(
                        hostNamespace(), host, Instant.now().toString().substring(0, 19), maxNetworkInterfaces));
        report(get(Host.class, host), """
                "allocatable": {"vCpus": 16, "memoryMiB": 8192, "diskGiB": 100},""", "Ready");
        ec2("Image", "tiny", """
                format: kernel,
                kernel: {kernel: {file: vmlinuz, sha256: "%1$s"}, initramfs: {file: initrd, sha256: "%1$s"}}
                """.formatted("a".repeat(64)));
        ec2("Vpc", "main", "cidrBlock: 10.0.0.0/16");
    }

    /** Nobody else is to be asked which pool is meant, or to be given this host. */
    @AfterEach
    void empty() {
        client().resources(ElasticIp.class).inNamespace(namespace).delete();
        client().resources(Instance.class).inNamespace(namespace).delete();
        client().resources(AddressPool.class).delete();
        soon(() -> assertThat(client().resources(AddressPool.class).list().getItems())
                .isEmpty());
        client().resources(Host.class).withName(host).delete();
    }

    void pool(String name, String prefix) {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: %s}
                spec: {cidrBlocks: [%s.0%s]}
                """.formatted(name, range, prefix));
        condition(AddressPool.class, name, "Accepted", "True", "Accepted");
    }

    /** Changes an instance by a JSON merge patch. */
    void patch(String instance, String json) {
        client().resources(Instance.class)
                .inNamespace(namespace)
                .withName(instance)
                .patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    void state(String instance, String state) {
        patch(instance, "{\"spec\": {\"state\": \"%s\"}}".formatted(state));
    }

    void runs(String instance) {
        condition(Instance.class, instance, "Ready", "True", "Running");
    }

    String publicIp(String instance) {
        return get(Instance.class, instance).getStatus().publicIpAddress();
    }

    HostMachine machine(String instance) {
        return onHost(
                HostMachine.class, get(Instance.class, instance).getStatus().instanceId());
    }

    /** Plays the agent and looks, until it is so. */
    @Override
    void soon(ThrowingCallable check) {
        super.soon(() -> {
            OF_THE_AGENT.forEach(
                    type -> client().resources(type).inNamespace(hostNamespace()).list().getItems().stream()
                            .filter(this::isToBeServed)
                            .forEach(object -> report(object, facts(object), "Programmed")));
            check.call();
        });
    }

    /** Whether the agent has something to say of an object. */
    boolean isToBeServed(CustomResource<?, ? extends Conditioned> object) {
        return !Conditions.isTrue(object, "Programmed");
    }

    /** What the agent reports beyond that it is done; the state of a machine is that which is asked for. */
    private String facts(CustomResource<?, ? extends Conditioned> object) {
        return switch (object) {
            case HostMachine machine -> facts(machine);
            case HostImage image -> "\"state\": \"available\",";
            default -> "";
        };
    }

    /** What the agent reports of a machine. */
    String facts(HostMachine machine) {
        return "\"state\": \"%s\",".formatted(machine.getSpec().state());
    }
}
