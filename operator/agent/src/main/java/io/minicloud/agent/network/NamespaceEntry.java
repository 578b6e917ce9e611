package io.minicloud.agent.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a task inside a network namespace. What the task opens there (a socket) stays there and can be used from any
 * thread.
 *
 * <p>{@code setns(2)} moves one thread of the operating system, so each task gets a platform thread of its own, which
 * ends with it: no other code ever runs on a thread that was moved.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/setns.2.html">setns(2)</a>
 */
public final class NamespaceEntry {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 02000000;

    private final NamedNamespaces namespaces;
    private final MethodHandle open;
    private final MethodHandle setns;
    private final MethodHandle close;

    /**
     * Finds the calls in the C library.
     *
     * @param namespaces which are there
     */
    @SuppressWarnings("restricted") // The C library is the only way in.
    public NamespaceEntry(NamedNamespaces namespaces) {
        this.namespaces = namespaces;
        var linker = Linker.nativeLinker();
        var library = linker.defaultLookup();
        var integer = ValueLayout.JAVA_INT;
        open = linker.downcallHandle(
                library.find("open").orElseThrow(),
                FunctionDescriptor.of(integer, ValueLayout.ADDRESS, integer),
                Linker.Option.firstVariadicArg(2));
        setns = linker.downcallHandle(
                library.find("setns").orElseThrow(), FunctionDescriptor.of(integer, integer, integer));
        close = linker.downcallHandle(library.find("close").orElseThrow(), FunctionDescriptor.of(integer, integer));
        openFirstSocketHere();
    }

    /**
     * With its first socket the JDK opens one that it never closes. Opened inside a namespace, it would keep that one
     * alive, its service link too, long after it was deleted.
     */
    private static void openFirstSocketHere() {
        try (var first = new ServerSocket()) {
            first.setReuseAddress(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a task in a namespace and waits for it.
     *
     * @param namespace the name of a network namespace
     * @param task what to do there; must not start threads of its own
     * @throws IOException when the namespace cannot be entered or the task failed
     */
    public <T> T call(String namespace, Callable<T> task) throws IOException {
        var result = new FutureTask<T>(() -> {
            enter(namespace);
            return task.call();
        });
        Thread.ofPlatform().daemon().name("in-" + namespace).start(result);
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + namespace, e);
        } catch (ExecutionException e) {
            throw new IOException("in " + namespace + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * Which namespace has a name now. Two that bore the name one after the other differ, as long as something keeps the
     * first alive.
     */
    public Object identity(String namespace) throws IOException {
        return Files.getAttribute(namespaces.file(namespace), "unix:ino");
    }

    private void enter(String namespace) throws IOException {
        int descriptor = invoke(open, namespaces.file(namespace).toString());
        if (descriptor < 0) {
            throw new IOException("no network namespace " + namespace);
        }
        try {
            if (invoke(setns, descriptor, CLONE_NEWNET) != 0) {
                throw new IOException("cannot enter network namespace " + namespace);
            }
        } finally {
            invoke(close, descriptor);
        }
    }

    private static int invoke(MethodHandle handle, String path) throws IOException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(path);
            return (int) handle.invokeExact(text, O_RDONLY | O_CLOEXEC);
        } catch (Throwable e) {
            throw new IOException("cannot call the C library", e);
        }
    }

    private static int invoke(MethodHandle handle, int first, int second) throws IOException {
        try {
            return (int) handle.invokeExact(first, second);
        } catch (Throwable e) {
            throw new IOException("cannot call the C library", e);
        }
    }

    private static void invoke(MethodHandle handle, int first) throws IOException {
        try {
            int ignored = (int) handle.invokeExact(first);
        } catch (Throwable e) {
            throw new IOException("cannot call the C library", e);
        }
    }
}
