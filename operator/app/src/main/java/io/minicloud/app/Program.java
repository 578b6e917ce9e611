package io.minicloud.app;

import io.minicloud.app.install.InstallerRun;
import io.minicloud.app.proof.ProofRun;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * The program: the brains; or one of two runs that end, which are no brains and need none of what Quarkus starts for them:
 * the installer and the proof of {@code helm test}.
 */
@QuarkusMain
public final class Program {
    /** In {@code minicloud.roles}, alone: bring the resource definitions to this release and end. */
    static final String INSTALLER = "installer";

    /** In {@code minicloud.roles}, alone: wait for what helm test made, tell what came of it and end. */
    static final String PROOF = "proof";

    private Program() {}

    /** Starts it. */
    public static void main(String... arguments) {
        switch (roles()) {
            case INSTALLER -> System.exit(new InstallerRun(System.out).run());
            case PROOF -> System.exit(new ProofRun(System.out).run());
            default -> Quarkus.run(arguments);
        }
    }

    /** As Quarkus would find it, which has not started yet. */
    private static String roles() {
        var environment = System.getenv().getOrDefault("MINICLOUD_ROLES", "");
        return System.getProperty("minicloud.roles", environment).strip();
    }
}
