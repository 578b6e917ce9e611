package io.minicloud.agent.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The checked images of this host. */
public interface ImageStore {
    /** The file of an image, when it was stored before. */
    Optional<StoredPart> find(String imageId, ImagePart part) throws IOException;

    /**
     * Fetches and checks a file and keeps it under the image's id; what is stored already is left alone.
     *
     * @throws ImageRefusedException when it can never be used
     * @throws IOException when it cannot be had now
     */
    StoredPart store(String imageId, ImagePart part) throws IOException, ImageRefusedException;

    /** The ids of all images of which files are here. */
    List<String> imageIds() throws IOException;

    /** Where the files of an image lie. */
    Path folder(String imageId);

    /** Removes the files of an image. Disks that were cloned from it would lose their bytes: the caller must know of none. */
    void remove(String imageId) throws IOException;
}
