package io.minicloud.controller.vpcmodel;

import io.minicloud.api.host.AddressSetSpec;
import io.minicloud.api.host.AddressSetSpec.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cuts a set into slices of at most 500. An entry stays in the slice where it is, so that a member more or less changes
 * one slice, however many there are; only empty slices at the end go.
 */
public final class SetSlicer {
    /** Entries per slice, the bound of the schema: it keeps an object well below 256 KiB. */
    public static final int SLICE_SIZE = 500;

    private SetSlicer() {}

    /**
     * The slices of a set.
     *
     * @param vpcId the VPC that the set belongs to
     * @param set what should be in the set
     * @param present its slices as they are, in any order
     */
    public static List<AddressSetSpec> slice(
            String vpcId, VpcCompiler.Members set, Collection<AddressSetSpec> present) {
        var missing = new LinkedHashMap<String, Entry>();
        set.entries().forEach(entry -> missing.put(entry.address(), entry));
        var slices = kept(missing, present);
        fill(slices, missing);
        while (!slices.isEmpty() && slices.getLast().isEmpty()) {
            slices.removeLast();
        }
        return IntStream.range(0, slices.size())
                .mapToObj(number -> new AddressSetSpec(set.setId(), vpcId, set.type(), number, slices.get(number)))
                .toList();
    }

    /** The present slices less what has gone; what was found is no longer missing. */
    private static List<List<Entry>> kept(Map<String, Entry> missing, Collection<AddressSetSpec> present) {
        var slices = new ArrayList<List<Entry>>();
        present.stream().sorted(Comparator.comparing(AddressSetSpec::slice)).forEach(slice -> {
            while (slices.size() <= slice.slice()) {
                slices.add(new ArrayList<>());
            }
            for (var entry : slice.entries() == null ? List.<Entry>of() : slice.entries()) {
                var wanted = missing.remove(entry.address());
                if (wanted != null) {
                    slices.get(slice.slice()).add(wanted);
                }
            }
        });
        return slices;
    }

    private static void fill(List<List<Entry>> slices, Map<String, Entry> missing) {
        var number = 0;
        for (var entry : missing.values()) {
            while (number < slices.size() && slices.get(number).size() >= SLICE_SIZE) {
                number++;
            }
            if (number == slices.size()) {
                slices.add(new ArrayList<>());
            }
            slices.get(number).add(entry);
        }
    }
}
