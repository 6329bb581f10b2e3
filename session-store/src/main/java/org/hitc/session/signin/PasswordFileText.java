package org.hitc.session.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text of a {@link PasswordFile}. */
final class PasswordFileText {
  private PasswordFileText() {}

  /**
   * The users by name.
   *
   * @param file whose text it is, for messages
   * @throws SignInException with everything that is wrong, each with its line number
   */
  static Map<String, PasswordLine> parse(Path file, byte[] text) {
    Map<String, PasswordLine> users = new LinkedHashMap<>();
    Map<String, Integer> lineOf = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (Optional<String> line : lines(text)) {
      number++;
      String place = file + ":" + number + ": ";
      if (line.isEmpty()) {
        problems.add(place + "not UTF-8");
        continue;
      }
      if (line.get().isBlank() || line.get().startsWith("#")) {
        continue;
      }
      Optional<PasswordLine> user =
          PasswordLine.parse(line.get(), problem -> problems.add(place + problem));
      if (user.isPresent()) {
        String name = user.get().user().name();
        Integer first = lineOf.putIfAbsent(name, number);
        if (first != null) {
          problems.add(place + name + " stands in line " + first + " already");
        }
        users.put(name, user.get());
      }
    }
    if (!problems.isEmpty()) {
      throw new SignInException(problems);
    }
    return Map.copyOf(users);
  }

  /** The lines of a text, without their ends; nothing in the place of one that is not UTF-8. */
  static List<Optional<String>> lines(byte[] text) {
    List<Optional<String>> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == '\n') {
        lines.add(decode(Arrays.copyOfRange(text, start, i)));
        start = i + 1;
      }
    }
    return lines;
  }

  private static Optional<String> decode(byte[] line) {
    try {
      // A fresh decoder reports malformed input instead of replacing it.
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
