package org.hitc.workflow.yaml;

import java.util.Optional;
import org.hitc.workflow.picture.Picture;
import org.hitc.workflow.picture.PictureException;

/** Reads {@code pic:}. */
final class PictureReader {
  private PictureReader() {}

  static Optional<Picture> read(YamlMap map) {
    return map.text("pic")
        .flatMap(text -> {
          try {
            return Optional.of(Picture.parse(text.value()));
          } catch (PictureException e) {
            map.problems()
                .add(
                    text.place(),
                    "PIC_FORM",
                    "the picture " + text.value() + ": " + e.getMessage(),
                    "such as X(20), 9(6) or ZZ,ZZZ,ZZ9.99-");
            return Optional.empty();
          }
        });
  }
}
