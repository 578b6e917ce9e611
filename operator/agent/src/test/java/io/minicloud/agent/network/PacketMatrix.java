package io.minicloud.agent.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The probes: those that are written by hand from AWS's documentation, and those that follow from the rules as written. */
final class PacketMatrix {
    private static final String FILE = "/packet-matrix.txt";
    private static final Pattern LINE =
            Pattern.compile("(\\S+)(?: as (\\S+))? -> (\\S+) at (\\S+): (.+?) = (pass|mute|drop|never)");
    private static final List<Packet> BY_PRIVATE_ADDRESS = Stream.of(
                    "tcp 22", "tcp 80", "tcp 5432", "tcp 8080", "udp 8125", "icmp 8")
            .map(Packet::parse)
            .toList();
    private static final List<Packet> BY_PUBLIC_ADDRESS =
            Stream.of("tcp 22", "tcp 80", "udp 53", "icmp 8").map(Packet::parse).toList();

    private final MatrixNetwork network;
    private final AwsEvaluation aws;

    PacketMatrix(MatrixNetwork network) {
        this.network = network;
        this.aws = new AwsEvaluation(network);
    }

    /** Those of the file, in its order. */
    List<Probe> byHand() {
        var probes = new ArrayList<Probe>();
        var sentence = "";
        for (var line : lines()) {
            if (line.startsWith(">")) {
                sentence = line.substring(1).strip();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                probes.add(probe(line, sentence));
            }
        }
        return List.copyOf(probes);
    }

    /**
     * From everybody to everybody: each pair within the first VPC by the private address, and whoever is anywhere to each public
     * address and to the world.
     */
    List<Probe> computed() {
        var inside = network.router().interfaces();
        var neighbours = network.interfaces().keySet().stream()
                .filter(name -> inside.contains(network.interfaces().get(name)))
                .toList();
        var everybody = Stream.concat(network.interfaces().keySet().stream(), Stream.of(MatrixNetwork.WORLD))
                .toList();
        var known = everybody.stream().filter(this::isKnownOutside).toList();
        return Stream.concat(
                        pairs(neighbours, neighbours, "private", BY_PRIVATE_ADDRESS),
                        pairs(everybody, known, "public", BY_PUBLIC_ADDRESS))
                .map(probe -> probe.expecting(aws.verdict(probe)))
                .toList();
    }

    private boolean isKnownOutside(String name) {
        return name.equals(MatrixNetwork.WORLD) || network.address("public", name) != null;
    }

    private Stream<Probe> pairs(List<String> senders, List<String> receivers, String at, List<Packet> packets) {
        return senders.stream().flatMap(from -> receivers.stream()
                .filter(to -> !to.equals(from))
                .flatMap(to -> packets.stream()
                        .map(packet -> new Probe(
                                from,
                                source(from),
                                to,
                                network.address(to.equals(MatrixNetwork.WORLD) ? "own" : at, to),
                                packet,
                                Verdict.DROP,
                                false,
                                "it follows from the rules"))));
    }

    private Probe probe(String line, String sentence) {
        var words = LINE.matcher(line);
        if (!words.matches()) {
            throw new IllegalArgumentException("not a probe: " + line);
        }
        var from = words.group(1);
        var to = words.group(3);
        var expected = words.group(6);
        return new Probe(
                from,
                words.group(2) == null ? source(from) : network.address(words.group(2), from),
                to,
                network.address(words.group(4), to),
                Packet.parse(words.group(5)),
                expected.equals("never") ? Verdict.DROP : Verdict.valueOf(expected.toUpperCase(Locale.ROOT)),
                expected.equals("never"),
                sentence);
    }

    private String source(String name) {
        return network.address(name.equals(MatrixNetwork.WORLD) ? "own" : "private", name);
    }

    private static List<String> lines() {
        try (var in = Objects.requireNonNull(PacketMatrix.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
