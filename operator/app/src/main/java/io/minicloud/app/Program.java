package io.minicloud.app;

import io.minicloud.app.proof.ProofRun;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The program: the brains, or the proof of {@code helm test}, which is no brain and needs none of what Quarkus starts for them. */
@QuarkusMain
public final class Program {
    /** In {@code minicloud.roles}, alone: wait for what helm test made, tell what came of it and end. */
    static final String PROOF = "proof";

    private Program() {}

    /** Starts it. */
    public static void main(String... arguments) {
        if (PROOF.equals(roles())) {
            System.exit(new ProofRun(System.out).run());
        }
        Quarkus.run(arguments);
    }

    /** As Quarkus would find it, which has not started yet. */
    private static String roles() {
        var environment = System.getenv().getOrDefault("MINICLOUD_ROLES", "");
        return System.getProperty("minicloud.roles", environment).strip();
    }
}
