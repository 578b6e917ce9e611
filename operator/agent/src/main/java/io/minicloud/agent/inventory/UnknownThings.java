package io.minicloud.agent.inventory;

import java.util.List;

/** What was unknown when this machine was last looked through. */
@FunctionalInterface
public interface UnknownThings {
    /** The list, in a constant order; empty before the first look. */
    List<UnknownThing> latest();
}
