package org.hitc.listener.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The folder of a server's socket: its owner alone changes what is in it, its group alone gets to
 * the socket. What is made in it gets its group (mode 2750), which an ordinary user could not give
 * it.
 *
 * @param owner user id of the server
 * @param group group id of those who ask
 */
public record SocketFolder(Path path, int owner, int group) {
  private static final int MODE = 02750;
  private static final int ALL_BITS = 07777;
  private static final int FOLDER = 0040000;
  private static final int TYPE = 0170000;

  /**
   * Makes it if it is missing. For root, or for its owner where owner and group are its own.
   *
   * @throws IOException when it cannot be made
   */
  public void make() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(path);
      Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
      // After the owner: a change of that takes this bit away.
      Files.setAttribute(path, "unix:mode", MODE);
    }
  }

  /** What is wrong with it, with a cure; nothing when all is well. */
  public List<String> problems() throws IOException {
    Map<String, Object> found;
    try {
      found = Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException _) {
      return List.of(path + " is not there; " + cure());
    }
    int mode = (int) found.getOrDefault("mode", 0);
    boolean right =
        (mode & TYPE) == FOLDER
            && (mode & ALL_BITS) == MODE
            && Integer.valueOf(owner).equals(found.get("uid"))
            && Integer.valueOf(group).equals(found.get("gid"));
    return right
        ? List.of()
        : List.of(
            "%s is not a folder of user %d and group %d with mode 2750; %s"
                .formatted(path, owner, group, cure()));
  }

  private String cure() {
    return "to mend it: install -d -m 2750 -o %d -g %d %s".formatted(owner, group, path);
  }
}
