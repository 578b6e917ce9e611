package io.minicloud.agent.network;

/**
 * A question to the kernel, and what AWS answers.
 *
 * @param from the name of who sends
 * @param source the address that it says it has
 * @param to the name of who is to hear it
 * @param destination the address that it is for
 * @param packet what is sent
 * @param expected what becomes of it
 * @param never whether nothing at all passes from the one to the other, so that no other probe proves the way
 * @param because the sentence that says so
 */
record Probe(
        String from,
        String source,
        String to,
        String destination,
        Packet packet,
        Verdict expected,
        boolean never,
        String because) {
    Probe expecting(Verdict verdict) {
        return new Probe(from, source, to, destination, packet, verdict, never, because);
    }

    @Override
    public String toString() {
        return "%s (%s) -> %s at %s: %s".formatted(from, source, to, destination, packet);
    }
}
