package io.minicloud.api.testing.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of one bench: a table for people, and {@code target/bench/<name>.json} for programs. */
public final class BenchReport {
    private static final String ROW = "%-4s %-62s %10s %10s %7s %10s %-7s %s%n";

    private final String name;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * An empty report.
     *
     * @param name of the bench
     */
    public BenchReport(String name) {
        this.name = name;
    }

    /** Adds a figure. */
    public void add(Figure figure) {
        figures.add(figure);
    }

    /** Writes the file and prints the table. */
    public void publish() throws IOException {
        var file = Tools.repository("target/bench/" + name + ".json");
        Files.createDirectories(file.getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), figures);
        System.out.print(table());
        System.out.println("written to " + file);
    }

    /** The table. */
    String table() {
        var table = new StringBuilder(ROW.formatted("id", "what", "value", "floor", "ratio", "goal", "unit", ""));
        for (var figure : figures) {
            table.append(ROW.formatted(
                    figure.id(),
                    figure.what(),
                    number(figure.value()),
                    number(figure.floor()),
                    number(figure.ratio()),
                    number(figure.goal()),
                    figure.unit(),
                    verdict(figure)));
        }
        return table.toString();
    }

    private static String verdict(Figure figure) {
        if (figure.goal() == null) {
            return "";
        }
        return figure.missed() ? "MISSED" : "met";
    }

    private static String number(@Nullable Double number) {
        return number == null ? "-" : String.format(Locale.ROOT, Math.abs(number) < 10 ? "%.2f" : "%.0f", number);
    }
}
