package io.minicloud.controller.elbv2.targetgroup;

import io.minicloud.controller.change.Progress;
import java.util.List;
import java.util.Optional;

/**
 * What came of the targets that a spec names.
 *
 * @param targets those that may be, each once, in its order
 * @param problem why another one may not
 */
record Registration(List<Registered> targets, Optional<Progress> problem) {}
