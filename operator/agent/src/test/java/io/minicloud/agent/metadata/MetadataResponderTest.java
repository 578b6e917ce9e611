package io.minicloud.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetadataResponderTest {
    private static final InstanceMetadata WEB = machine("i-1", true);
    private final Tokens tokens = new Tokens(Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC));
    private final MetadataResponder responder = new MetadataResponder(tokens);

    @Test
    void aTokenOpensTheLeavesOfItsOwnMachineOnly() {
        var token = put("21600").body();

        assertThat(get("/latest/meta-data/instance-id", token, WEB).body()).isEqualTo("i-1");
        assertThat(get("/latest/meta-data/", token, WEB).body()).isEqualTo("instance-id\nplacement/");
        assertThat(get("/latest/user-data", token, WEB).body()).isEqualTo("#!/bin/sh");
        assertThat(get("/latest/meta-data/nothing", token, WEB).status()).isEqualTo(404);
        assertThat(get("/latest/meta-data/instance-id", token, machine("i-2", true))
                        .status())
                .isEqualTo(401);
    }

    /** From the section "Get the available versions of the instance metadata" and those after it of the EC2 user guide. */
    @Test
    void everyDatedVersionIsServedAndOthersAreNot() {
        var token = put("60").body();

        assertThat(get("/", token, WEB).body().lines()).contains("1.0", "2009-04-04", "2021-03-23", "latest");
        assertThat(get("/2009-04-04/meta-data/instance-id", token, WEB).body()).isEqualTo("i-1");
        assertThat(get("/2021-03-23/meta-data/placement", token, WEB).body()).isEqualTo("region");
        assertThat(get("/2021-03-23/user-data", token, WEB).body()).isEqualTo("#!/bin/sh");
        assertThat(get("/latest", token, WEB).body()).isEqualTo("meta-data\nuser-data");
        assertThat(get("/latest/", token, WEB).body()).isEqualTo("meta-data\nuser-data");
        assertThat(get("/2009-04-05/meta-data/instance-id", token, WEB).status())
                .isEqualTo(404);
        assertThat(get("//meta-data/instance-id", token, WEB).status()).isEqualTo(404);
        assertThat(get("/2009-04-04/api/token", token, WEB).status()).isEqualTo(404);
        assertThat(get("/", "", WEB).status()).isEqualTo(401);
    }

    @Test
    void nothingWithoutAToken() {
        assertThat(get("/latest/meta-data/instance-id", "", WEB).status()).isEqualTo(401);
        assertThat(get("/latest/meta-data/instance-id", "guessed", WEB).status())
                .isEqualTo(401);
    }

    @Test
    void aTokenNeedsATimeToLive() {
        assertThat(List.of("", "0", "21601", "abc"))
                .allSatisfy(ttl -> assertThat(put(ttl).status()).isEqualTo(400));
        assertThat(put("1").headers()).containsEntry(MetadataResponder.TOKEN_TTL, "1");
    }

    @Test
    void aForwardedRequestIsRefused() {
        var request = new Request(
                "PUT",
                "/latest/api/token",
                Map.of("x-forwarded-for", "10.0.0.9", "x-aws-ec2-metadata-token-ttl-seconds", "60"));

        assertThat(responder.answer(request, Optional.of(WEB)).status()).isEqualTo(403);
    }

    @Test
    void aDisabledOrUnknownMachineIsToldNothing() {
        var request = new Request("PUT", "/latest/api/token", Map.of("x-aws-ec2-metadata-token-ttl-seconds", "60"));

        assertThat(responder.answer(request, Optional.of(machine("i-1", false))).status())
                .isEqualTo(404);
        assertThat(responder.answer(request, Optional.empty()).status()).isEqualTo(404);
    }

    private Response put(String ttl) {
        return responder.answer(
                new Request("PUT", "/latest/api/token", Map.of("x-aws-ec2-metadata-token-ttl-seconds", ttl)),
                Optional.of(WEB));
    }

    private Response get(String path, String token, InstanceMetadata machine) {
        return responder.answer(
                new Request("GET", path, Map.of("x-aws-ec2-metadata-token", token)), Optional.of(machine));
    }

    private static InstanceMetadata machine(String id, boolean enabled) {
        return new InstanceMetadata(
                id,
                Map.of("vpc-1", List.of("10.0.1.11")),
                enabled,
                1,
                Map.of("meta-data/instance-id", id, "meta-data/placement/region", "home-1"),
                "#!/bin/sh");
    }
}
