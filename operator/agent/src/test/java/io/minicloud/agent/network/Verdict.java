package io.minicloud.agent.network;

/** What becomes of a probe. */
enum Verdict {
    /** It arrives, and its answer comes back. */
    PASS,
    /** It arrives, its answer does not come back. */
    MUTE,
    /** It does not arrive. */
    DROP
}
