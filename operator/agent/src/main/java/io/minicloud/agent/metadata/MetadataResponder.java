package io.minicloud.agent.metadata;

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
    private static final String ROOT = "/latest/";
    private static final int MAX_TTL = 21_600;

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

    /** A leaf, or the names below a folder. */
    private static Response value(String path, InstanceMetadata machine) {
        if (!path.startsWith(ROOT)) {
            return Response.of(404);
        }
        var key = path.substring(ROOT.length());
        var leaf =
                key.equals("user-data") ? machine.userData() : machine.values().get(key);
        if (leaf != null) {
            return ok(leaf);
        }
        var names = list(key.isEmpty() || key.endsWith("/") ? key : key + "/", machine);
        return names.isEmpty() ? Response.of(404) : ok(String.join("\n", names));
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
