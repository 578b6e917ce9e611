package io.minicloud.controller.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.controller.objectstore.FakeObjectStore;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.plan.Checkpoint;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two controllers at once, as when a lease is lost and its holder does not know it yet. */
class RacingControllersApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Of the 16 addresses of a /28, AWS reserves five. */
    private static final int USABLE = 11;

    private static final int WANTED = 14;
    private static final int MANY = 1000;

    /** Actions of a controller before it is killed, at most. */
    private static final int LONGEST_LIFE = 400;

    private static final int DEATHS = 5;
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int THREADS = 8;

    /** A list of a thousand is work for the API server too. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ApiServer server = ApiServer.shared();
    private final World world = new World(server);

    @Test
    void noAddressIsGivenTwiceAndNoneIsLost() {
        world.network("10.0.1.0/28");
        try (var one = new Life(server, new FakeObjectStore(), THREADS, event -> false);
                var other = new Life(server, new FakeObjectStore(), THREADS, event -> false)) {
            world.interfaces(IntStream.range(0, WANTED)
                    .mapToObj(number -> "eni-" + number)
                    .toList());

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(addresses()).as(this::told).hasSize(USABLE);
                assertThat(claims()).containsExactlyInAnyOrderElementsOf(addresses());
                assertThat(reasons()).hasSize(WANTED - USABLE).containsOnly("InsufficientFreeAddressesInSubnet");
            });
            assertThat(addresses()).doesNotHaveDuplicates();
            assertThat(one.gate().events()).anyMatch(event -> event.startsWith("claim"));
            assertThat(other.gate().events()).anyMatch(event -> event.startsWith("claim"));
        } finally {
            world.close();
        }
    }

    @Test
    void ofAThousandAddressesNoneIsGivenTwiceThoughControllersDieAgainAndAgain() throws Exception {
        world.network("10.0.16.0/21");
        var mortals = new AtomicInteger();
        try (var throne = Executors.newFixedThreadPool(2)) {
            var reigns = List.of(throne.submit(() -> reign(mortals)), throne.submit(() -> reign(mortals)));
            world.interfaces(
                    IntStream.range(0, MANY).mapToObj(number -> "eni-" + number).toList());
            for (var reign : reigns) {
                reign.get();
            }
            assertThat(mortals.get()).as("controllers that were killed").isGreaterThan(DEATHS);
            assertThat(addresses().stream().map(line -> line.split(" ")[0]))
                    .hasSize(MANY)
                    .doesNotHaveDuplicates();
            assertThat(difference()).isEmpty();
        } finally {
            world.close();
        }
    }

    /** Controller after controller, each killed in the middle of what it writes, until every interface has an address. */
    private void reign(AtomicInteger mortals) {
        while (addresses().size() < MANY) {
            var left = new AtomicInteger(ThreadLocalRandom.current().nextInt(LONGEST_LIFE));
            try (var life = new Life(server, new FakeObjectStore(), THREADS, event -> left.decrementAndGet() <= 0)) {
                await().atMost(LONG)
                        .pollInterval(LOOK)
                        .until(() ->
                                life.gate().death().isPresent() || addresses().size() == MANY);
                life.gate().death().ifPresent(death -> mortals.incrementAndGet());
            }
        }
        // A calm one puts in order what the last one left.
        var calm = new Life(server, new FakeObjectStore(), THREADS, event -> false);
        try {
            await().atMost(LONG).pollInterval(LOOK).untilAsserted(() -> assertThat(difference())
                    .isEmpty());
        } finally {
            calm.close();
        }
    }

    @Test
    void ofTwoThatClaimAtOnceTheFirstWrittenStatusDecides() {
        world.network("10.0.1.0/28");
        var other = new AtomicBoolean();
        Checkpoint meanwhile = action -> {
            // Other worlds have interfaces too.
            if (action.describe().equals("claim an address of " + subnetId()) && other.compareAndSet(false, true)) {
                claim("10.0.1.9");
                world.report(
                        NetworkInterface.class,
                        "eni",
                        "{\"status\": {\"privateIpAddress\": \"10.0.1.9\", \"subnetId\": \"%s\"}}"
                                .formatted(subnetId()));
            }
        };
        try (var life = new Life(server, new FakeObjectStore(), THREADS, event -> false, meanwhile)) {
            world.interfaces(List.of("eni"));

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(claims()).as(this::told).containsExactly("10.0.1.9 eni");
                assertThat(life.gate().events()).anyMatch(event -> event.startsWith("release 10.0.1.4 "));
                assertThat(Conditions.isTrue(world.find(NetworkInterface.class, "eni"), ConditionType.ACCEPTED))
                        .isTrue();
            });
            assertThat(addresses()).containsExactly("10.0.1.9 eni");
        } finally {
            world.close();
        }
    }

    @Test
    void whatAnotherClaimedTooLateIsGivenBack() {
        world.network("10.0.1.0/28");
        try (var life = new Life(server, new FakeObjectStore(), THREADS, event -> false)) {
            world.interfaces(List.of("eni"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(addresses()).containsExactly("10.0.1.4 eni"));

            claim("10.0.1.9");

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(life.gate().events()).anyMatch(event -> event.startsWith("release 10.0.1.9 "));
                assertThat(claims()).containsExactly("10.0.1.4 eni");
            });
        } finally {
            world.close();
        }
    }

    /** Claims an address for the interface, as another controller would. */
    private void claim(String address) {
        server.apply("""
                apiVersion: host.minicloud.io/v1alpha1
                kind: AddressClaim
                metadata: {name: "%1$s-%2$s"}
                spec: {rangeId: "%1$s", address: %2$s, ownerKind: NetworkInterface, ownerNamespace: "%3$s",
                  ownerName: eni, ownerUid: "%4$s"}
                """.formatted(
                        subnetId(),
                        address,
                        world.namespace(),
                        world.find(NetworkInterface.class, "eni").getMetadata().getUid()));
    }

    private String subnetId() {
        return AwsId.of("subnet", world.find(Subnet.class, "a").getMetadata().getUid());
    }

    /** What every object says of itself. */
    private String told() {
        Stream<CustomResource<?, ?>> objects = Stream.of(
                        Vpc.class, Subnet.class, SecurityGroup.class, NetworkInterface.class)
                .flatMap(world::all);
        return objects.map(
                        object -> object.getKind() + " " + object.getMetadata().getName() + ": " + object.getStatus())
                .collect(Collectors.joining("\n"));
    }

    /** Address and holder, as the interfaces say. */
    private List<String> addresses() {
        return interfaces()
                .filter(eni -> eni.getStatus() != null && eni.getStatus().privateIpAddress() != null)
                .map(eni -> eni.getStatus().privateIpAddress() + " "
                        + eni.getMetadata().getName())
                .toList();
    }

    /** Address and holder, as the claims say. */
    private List<String> claims() {
        var subnetId = subnetId();
        return world.everywhere(AddressClaim.class).stream()
                .filter(claim -> claim.getSpec().rangeId().equals(subnetId))
                .map(claim -> claim.getSpec().address() + " " + claim.getSpec().ownerName())
                .toList();
    }

    /** Where interfaces and claims do not say the same; a thousand lines of both would hide it. */
    private List<String> difference() {
        var addresses = addresses();
        var claims = claims();
        return Stream.concat(
                        addresses.stream()
                                .filter(line -> !claims.contains(line))
                                .map(line -> "not claimed: " + line),
                        claims.stream()
                                .filter(line -> !addresses.contains(line))
                                .map(line -> "only claimed: " + line))
                .toList();
    }

    /** Why those without an address have none. */
    private List<String> reasons() {
        return interfaces()
                .map(eni -> Conditions.find(eni.getStatus(), "Accepted").orElse(null))
                .filter(Objects::nonNull)
                .filter(accepted -> accepted.status().equals("False"))
                .map(Condition::reason)
                .toList();
    }

    private Stream<NetworkInterface> interfaces() {
        return world.all(NetworkInterface.class);
    }
}
