package io.minicloud.controller.change;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** Writes nothing and remembers what it was told. */
final class FakeObjectWriter implements ObjectWriter {
    private final List<String> done = new ArrayList<>();

    List<String> done() {
        return done;
    }

    @Override
    public void apply(HasMetadata resource) {
        done.add("apply " + name(resource));
    }

    @Override
    public void delete(HasMetadata resource) {
        done.add("delete " + name(resource));
    }

    private static String name(HasMetadata resource) {
        return resource.getKind() + " " + resource.getMetadata().getName();
    }
}
