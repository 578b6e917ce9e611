package io.minicloud.e2e;

import java.util.concurrent.CountDownLatch;

/** A Java program that does nothing: the floor under the memory of one that does something. */
final class Idle {
    private Idle() {}

    public static void main(String[] arguments) throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
