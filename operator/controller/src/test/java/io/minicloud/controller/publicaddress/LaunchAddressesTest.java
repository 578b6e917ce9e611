package io.minicloud.controller.publicaddress;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchAddressesTest {
    private final AddressPool one = pool("one", true);
    private final AddressPool two = pool("two", true);
    private final AddressPool refused = pool("refused", false);

    @Test
    void onlyAPrimaryInterfaceIsAsked() {
        assertThat(LaunchAddresses.isAsked(eni(
                        "{associatePublicIpAddress: true, attachment: {instanceRef: {name: web}, deviceIndex: 0}}")))
                .isTrue();
        assertThat(LaunchAddresses.isAsked(eni(
                        "{associatePublicIpAddress: true, attachment: {instanceRef: {name: web}, deviceIndex: 1}}")))
                .isFalse();
        assertThat(LaunchAddresses.isAsked(eni(
                        "{associatePublicIpAddress: false, attachment: {instanceRef: {name: web}, deviceIndex: 0}}")))
                .isFalse();
        assertThat(LaunchAddresses.isAsked(eni("{associatePublicIpAddress: true}")))
                .isFalse();
        assertThat(LaunchAddresses.isAsked(eni("{attachment: {instanceRef: {name: web}, deviceIndex: 0}}")))
                .isFalse();
    }

    @Test
    void theAddressOfAnElasticIpIsNotOneOfThese() {
        var eni = eni("{}");
        assertThat(LaunchAddresses.recorded(eni)).isEmpty();

        eni = Serialization.unmarshal(
                "spec: {}\nstatus: {association: {publicIp: 203.0.113.1, allocationId: eipalloc-1, ipOwnerId: \"111122223333\"}}",
                NetworkInterface.class);
        assertThat(LaunchAddresses.recorded(eni)).isEmpty();

        eni = Serialization.unmarshal(
                "spec: {}\nstatus: {association: {publicIp: 203.0.113.1, ipOwnerId: amazon, publicIpv4Pool: ipv4pool-ec2-1}}",
                NetworkInterface.class);
        assertThat(LaunchAddresses.recorded(eni))
                .contains(LaunchAddresses.association("203.0.113.1", "ipv4pool-ec2-1"));
    }

    @Test
    void theOnlyPoolIsMeantAndNoneOfSeveral() {
        var going = pool("going", true);
        going.getMetadata().setDeletionTimestamp("2026-11-22T10:00:00Z");

        assertThat(LaunchAddresses.pool(List.of(refused, one, going))).isEqualTo(new Resolution.Resolved<>(one));
        assertThat(words(LaunchAddresses.pool(List.of(refused, going)))).startsWith("AddressPoolNotFound");
        assertThat(words(LaunchAddresses.pool(List.of(two, one))))
                .startsWith("AddressPoolAmbiguous")
                .endsWith("one, two");
    }

    private static String words(Resolution<?> judged) {
        return Judgement.fold(judged, found -> "resolved", (reason, message) -> reason + ": " + message);
    }

    private static NetworkInterface eni(String spec) {
        return Serialization.unmarshal("spec: %s".formatted(spec), NetworkInterface.class);
    }

    private static AddressPool pool(String name, boolean accepted) {
        var pool = Serialization.unmarshal(
                "spec: {cidrBlocks: [203.0.113.0/28]}\nstatus: {%s}"
                        .formatted(accepted ? "cidrBlocks: [203.0.113.0/28]" : ""),
                AddressPool.class);
        pool.setMetadata(
                new ObjectMetaBuilder().withName(name).withUid("uid-" + name).build());
        return pool;
    }
}
