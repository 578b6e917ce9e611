package io.minicloud.app.fuzz;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of a schema, most of them plausible, some at the edge of what is allowed and some beyond it. The same seed
 * makes the same values.
 */
final class ManifestGenerator {
    private static final double WRONG = 0.04;
    private static final double OPTIONAL = 0.5;
    private static final double REQUIRED = 0.97;
    private static final int MOST_ITEMS = 3;
    private static final long EDGE = 2;

    /** What the fields of minicloud are about, so that values get past the schema and meet each other. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "cidrBlock",
            List.of(
                    "10.0.0.0/16",
                    "10.0.1.0/24",
                    "10.0.1.0/28",
                    "10.0.1.128/25",
                    "10.0.1.1/24",
                    "10.0.0.0/8",
                    "172.16.0.0/16",
                    "0.0.0.0/0",
                    "10.0.0.0/33",
                    "999.0.0.0/16",
                    "fe80::/64",
                    "10.0.0.0",
                    ""),
            "name",
            List.of("main", "a", "b", "tiny", "web", "web-root", "main-default", "nobody", "UPPER", "-", ""),
            "availabilityZone",
            List.of("home-1a", "home-1b", "home-1c", "home-1d", "mars-1a", ""),
            "privateIpAddress",
            List.of("10.0.1.10", "10.0.1.0", "10.0.1.1", "10.0.1.255", "10.9.9.9", "1.2.3", "::1", ""),
            "instanceType",
            List.of("t3.nano", "t3.micro", "t3.2xlarge", "z9.huge", ""),
            "bucketName",
            List.of("photos", "my.photos", "192.168.0.1", "xn--a", "Photos", "ab", "a..b", "photos-s3alias"),
            "namespace",
            List.of("lab", "default", "kube-system", "minicloud-system", "minicloud-host-tower", "nowhere"),
            "accountId",
            List.of("111122223333", "000000000000", "12345", "999999999999", "aaaabbbbcccc"),
            "sha256",
            List.of("a".repeat(64), "A".repeat(64), "b".repeat(63), ""),
            "url",
            List.of("https://127.0.0.1/i", "http://169.254.169.254/latest", "file:///etc/shadow", "ftp://x", ""));

    private static final List<Object> NONSENSE = List.of(
            "",
            " ",
            "\u2603 \ud83d\ude80",
            "a\nb",
            "../../etc/passwd",
            "$(reboot)",
            "x".repeat(4096),
            -1,
            0,
            Long.MAX_VALUE,
            1.5,
            true,
            List.of(),
            Map.of(),
            List.of(Map.of("name", "main")));

    private final Random random;

    ManifestGenerator(long seed) {
        random = new Random(seed);
    }

    /** A choice of several things. */
    <T> T oneOf(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    /** A number from 0, below a bound. */
    int number(int bound) {
        return random.nextInt(bound);
    }

    /** True in about this share of all cases. */
    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /** A value of a schema. */
    @Nullable
    Object value(String field, JSONSchemaProps schema) {
        if (chance(WRONG)) {
            return oneOf(NONSENSE);
        }
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return oneOf(schema.getEnum());
        }
        return switch (schema.getType() == null ? "" : schema.getType()) {
            case "object" -> object(schema);
            case "array" -> array(field, schema);
            case "integer", "number" -> number(schema);
            case "boolean" -> random.nextBoolean();
            default -> text(field);
        };
    }

    private Map<String, @Nullable Object> object(JSONSchemaProps schema) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        if (schema.getProperties() != null) {
            var required = schema.getRequired() == null ? List.<String>of() : schema.getRequired();
            schema.getProperties().forEach((name, property) -> {
                if (chance(required.contains(name) ? REQUIRED : OPTIONAL)) {
                    object.put(name, value(name, property));
                }
            });
        }
        var more = schema.getAdditionalProperties();
        if (more != null && more.getSchema() != null) {
            for (var number = random.nextInt(MOST_ITEMS); number > 0; number--) {
                object.put(text("key"), value("value", more.getSchema()));
            }
        }
        return object;
    }

    private List<@Nullable Object> array(String field, JSONSchemaProps schema) {
        var items = new ArrayList<@Nullable Object>();
        for (var number = random.nextInt(MOST_ITEMS + 1); number > 0; number--) {
            items.add(value(field, schema.getItems().getSchema()));
        }
        return items;
    }

    private long number(JSONSchemaProps schema) {
        var least = schema.getMinimum() == null ? 0 : schema.getMinimum().longValue();
        var most =
                schema.getMaximum() == null ? least + 100 : schema.getMaximum().longValue();
        return switch (random.nextInt(4)) {
            case 0 -> least - random.nextLong(EDGE);
            case 1 -> most + random.nextLong(EDGE);
            default -> least + random.nextLong(most - least + 1);
        };
    }

    private String text(String field) {
        var words = WORDS.get(field);
        if (words != null) {
            return oneOf(words);
        }
        var length = random.nextInt(12);
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
