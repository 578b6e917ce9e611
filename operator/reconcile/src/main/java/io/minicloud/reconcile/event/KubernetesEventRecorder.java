package io.minicloud.reconcile.event;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes events of {@code events.k8s.io/v1} from a thread of its own and a bounded queue; what does not fit is lost. After a
 * burst it writes {@value #PER_SECOND} a second: when a thousand objects change, what they say of themselves goes first.
 * Needs the rights to create and patch events, no other: it remembers what it wrote.
 */
public final class KubernetesEventRecorder implements EventRecorder, AutoCloseable {
    /** The API server refuses longer notes; in bytes. */
    static final int NOTE_BYTES = 1024;

    private static final int NAME_LENGTH = 50;
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEventRecorder.class);
    private static final int QUEUE = 1024;
    private static final int FAREWELL_SECONDS = 2;
    private static final int BURST = 100;
    private static final int PER_SECOND = 20;
    private static final PatchContext MERGE =
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();
    // The API takes exactly six digits.
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final Reporter reporter;
    private final Clock clock;
    private final EventLedger ledger = new EventLedger();
    private final ScheduledThreadPoolExecutor writer;
    private final Pace pace = new Pace(BURST, Duration.ofSeconds(1).dividedBy(PER_SECOND));
    private boolean failing;

    /**
     * Who tells.
     *
     * @param controller the program, a qualified name
     * @param instance which of them
     */
    public record Reporter(String controller, String instance) {}

    private record Occurrence(HasMetadata object, Transition transition, Instant time) {
        EventLedger.Key key() {
            return new EventLedger.Key(object.getMetadata().getUid(), transition);
        }

        /** Events of objects without a namespace lie in this one: the API server takes no other. */
        String namespace() {
            var namespace = object.getMetadata().getNamespace();
            return namespace == null ? "default" : namespace;
        }
    }

    /**
     * A recorder.
     *
     * @param client what writes
     * @param reporter in whose name
     * @param clock when it happened
     */
    public KubernetesEventRecorder(KubernetesClient client, Reporter reporter, Clock clock) {
        this.client = client;
        this.reporter = reporter;
        this.clock = clock;
        this.writer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .name("events-" + reporter.controller())
                        .factory(),
                (lost, ended) -> LOG.debug("an event is lost: the program ends"));
    }

    @Override
    public void record(HasMetadata object, Transition transition) {
        if (writer.getQueue().size() >= QUEUE) {
            LOG.debug("an event is lost: too many wait");
            return;
        }
        var occurrence = new Occurrence(object, transition, clock.instant());
        writer.schedule(() -> write(occurrence), pace.delay(System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Writes what waits, for a moment; what comes later is lost. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void write(Occurrence occurrence) {
        try {
            ledger.next(occurrence.key(), occurrence.time()).ifPresent(entry -> write(occurrence, entry));
            failing = false;
        } catch (RuntimeException e) {
            ledger.forget(occurrence.key());
            // Once, not for every event of an hour without API server.
            LOG.atLevel(failing ? Level.DEBUG : Level.WARN)
                    .addKeyValue("reason", occurrence.transition().reason())
                    .addKeyValue("cause", e.getMessage())
                    .log("an event is lost");
            failing = true;
        }
    }

    private void write(Occurrence occurrence, EventLedger.Entry entry) {
        var name = entry.name();
        if (name == null || !repeated(occurrence, name, entry.count())) {
            var created = client.resource(event(occurrence)).create();
            ledger.created(occurrence.key(), created.getMetadata().getName());
        }
    }

    /** Counts one more on the event that is there; false when it is there no more: events live for an hour. */
    private boolean repeated(Occurrence occurrence, String name, int count) {
        var series = "{\"series\":{\"count\":%d,\"lastObservedTime\":\"%s\"}}"
                .formatted(count, MICROS.format(occurrence.time()));
        var event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(occurrence.namespace())
                .withName(name)
                .endMetadata()
                .build();
        try {
            // By the object: a patch by name would read it first, and there is no right to.
            client.resource(event).patch(MERGE, series);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private Event event(Occurrence occurrence) {
        var object = occurrence.object();
        var metadata = object.getMetadata();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(occurrence.namespace())
                .withGenerateName(prefix(metadata.getName()))
                .endMetadata()
                .withNewEventTime(MICROS.format(occurrence.time()))
                .withReportingController(reporter.controller())
                .withReportingInstance(reporter.instance())
                .withAction("Reconcile")
                .withType(occurrence.transition().type().name())
                .withReason(occurrence.transition().reason())
                .withNote(bounded(occurrence.transition().note()))
                .withNewRegarding()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .endRegarding()
                .build();
    }

    /** What the server puts its random letters behind; short, so that it cuts nothing off itself. */
    static String prefix(String name) {
        var end = Math.min(name.length(), NAME_LENGTH);
        while (end > 0 && !Character.isLetterOrDigit(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end) + "-";
    }

    /** As much of a text as the API server takes, cut between characters. */
    static String bounded(String note) {
        var bytes = ByteBuffer.allocate(NOTE_BYTES);
        var text = CharBuffer.wrap(note);
        StandardCharsets.UTF_8.newEncoder().encode(text, bytes, true);
        return note.substring(0, text.position());
    }
}
