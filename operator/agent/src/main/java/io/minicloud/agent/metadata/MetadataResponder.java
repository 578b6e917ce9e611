package io.minicloud.agent.metadata;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the metadata service answers: version 2 only, so nothing without a token.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html">IMDSv2</a>
 */
final class MetadataResponder {
    /** The first header of a token's response, and of no other: the rule for its TTL looks for it there. */
    static final String TOKEN_TTL = "X-aws-ec2-metadata-token-ttl-seconds";

    private static final String TOKEN_PATH = "/latest/api/token";
    private static final int MAX_TTL = 21_600;
    private static final String USER_DATA = "user-data";

    /**
     * The versions that AWS lists. Clients ask for the one they were written for (cloud-init for 2021-03-23 and others);
     * later ones only add leaves, so all of them are served the same.
     */
    private static final List<String> VERSIONS = List.of(
            "1.0",
            "2007-01-19",
            "2007-03-01",
            "2007-08-29",
            "2007-10-10",
            "2007-12-15",
            "2008-02-01",
            "2008-09-01",
            "2009-04-04",
            "2011-01-01",
            "2011-05-01",
            "2012-01-12",
            "2014-02-25",
            "2014-11-05",
            "2015-10-20",
            "2016-04-19",
            "2016-06-30",
            "2016-09-02",
            "2018-03-28",
            "2018-08-17",
            "2018-09-24",
            "2019-10-01",
            "2020-10-27",
            "2021-01-03",
            "2021-03-23",
            "2021-07-15",
            "2022-09-24",
            "latest");

    private final Tokens tokens;

    MetadataResponder(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The answer to a machine; an address that is no machine's is told nothing. */
    Response answer(Request request, Optional<InstanceMetadata> caller) {
        if (request.headers().containsKey("x-forwarded-for")) {
            return Response.of(403);
        }
        var machine = caller.filter(InstanceMetadata::enabled);
        if (machine.isEmpty()) {
            return Response.of(404);
        }
        if (request.path().equals(TOKEN_PATH)) {
            return request.method().equals("PUT") ? token(request, machine.get()) : Response.of(405);
        }
        if (!request.method().equals("GET")) {
            return Response.of(405);
        }
        var token = request.headers().getOrDefault("x-aws-ec2-metadata-token", "");
        return tokens.isValid(token, machine.get().instanceId())
                ? value(request.path(), machine.get())
                : Response.of(401);
    }

    private Response token(Request request, InstanceMetadata machine) {
        var seconds = request.headers().getOrDefault("x-aws-ec2-metadata-token-ttl-seconds", "");
        if (!seconds.matches("\\d{1,5}") || Integer.parseInt(seconds) < 1 || Integer.parseInt(seconds) > MAX_TTL) {
            return Response.of(400);
        }
        var token = tokens.issue(machine.instanceId(), Integer.parseInt(seconds));
        return new Response(200, Map.of(TOKEN_TTL, seconds), token);
    }

    /** The versions, a leaf, or the names below a folder. */
    private static Response value(String path, InstanceMetadata machine) {
        if (path.equals("/")) {
            return ok(String.join("\n", VERSIONS));
        }
        var parts = path.split("/", 3);
        if (parts.length < 2 || !VERSIONS.contains(parts[1])) {
            return Response.of(404);
        }
        var key = parts.length < 3 ? "" : parts[2];
        if (key.isEmpty()) {
            return ok(String.join("\n", categories(machine)));
        }
        var leaf = key.equals(USER_DATA) ? machine.userData() : machine.values().get(key);
        if (leaf != null) {
            return ok(leaf);
        }
        var names = list(key.endsWith("/") ? key : key + "/", machine);
        return names.isEmpty() ? Response.of(404) : ok(String.join("\n", names));
    }

    /** At the top, and only there, AWS lists folders without a slash, and user data beside them when there are any. */
    private static TreeSet<String> categories(InstanceMetadata machine) {
        var names = new TreeSet<String>();
        list("", machine).forEach(name -> names.add(name.replace("/", "")));
        if (machine.userData() != null) {
            names.add(USER_DATA);
        }
        return names;
    }

    private static TreeSet<String> list(String folder, InstanceMetadata machine) {
        var names = new TreeSet<String>();
        for (var key : machine.values().keySet()) {
            if (key.startsWith(folder)) {
                var rest = key.substring(folder.length());
                int slash = rest.indexOf('/');
                names.add(slash < 0 ? rest : rest.substring(0, slash + 1));
            }
        }
        return names;
    }

    private static Response ok(String body) {
        return new Response(200, Map.of("Content-Type", "text/plain"), body);
    }
}
