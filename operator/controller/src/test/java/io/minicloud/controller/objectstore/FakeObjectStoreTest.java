package io.minicloud.controller.objectstore;

class FakeObjectStoreTest extends ObjectStoreContract {
    private final FakeObjectStore fake = new FakeObjectStore();

    @Override
    protected ObjectStore store() {
        return fake;
    }

    @Override
    protected AccessKeys keys() {
        return fake;
    }

    @Override
    protected void write(String object) {
        fake.write(bucket, object);
    }
}
