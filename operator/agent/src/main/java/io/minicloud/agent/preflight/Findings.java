package io.minicloud.agent.preflight;

import java.util.List;
import java.util.Optional;

/** What was last found out of this machine. */
@FunctionalInterface
public interface Findings {
    /** One finding per {@link Topic}, in its order; empty until the machine was looked at for the first time. */
    Optional<List<Finding>> latest();
}
