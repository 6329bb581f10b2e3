package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.hitc.listener.launcher.Alone;

/**
 * Accounts for the people of a demo, which exist only for what is started through {@link #view}:
 * copies of the user database with a line for each, mounted over it where nobody else sees it; and
 * homes, in the folder of the demo.
 */
final class DemoAccounts {
  private static final Path ETC = Path.of("/etc");
  private static final List<String> DATABASE = List.of("passwd", "group", "shadow");

  private final Path folder;
  private final DemoUsers users;

  /**
   * @param folder of copies and homes; root's
   */
  DemoAccounts(Path folder, DemoUsers users) {
    this.folder = folder;
    this.users = users;
  }

  Path home(DemoUsers.Person person) {
    return folder.resolve("home").resolve(person.name());
  }

  void make() throws IOException {
    DemoPlace.makeFolder(folder);
    DemoPlace.makeFolder(folder.resolve("home"));
    for (String file : DATABASE) {
      Path copy = folder.resolve(file);
      Files.writeString(copy, Files.readString(ETC.resolve(file)));
      Files.setPosixFilePermissions(
          copy, PosixFilePermissions.fromString(file.equals("shadow") ? "rw-------" : "rw-r--r--"));
    }
    for (DemoUsers.Person person : DemoUsers.PEOPLE) {
      int id = users.of(person);
      Path home = home(person);
      Files.createDirectory(
          home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Setup.giveFile(home, id, id);
      String name = person.name();
      add("passwd", "%s:x:%d:%d:%s:%s:/bin/sh".formatted(name, id, id, person.displayName(), home));
      add("group", "%s:x:%d:".formatted(name, id));
      // No password: nobody can become this user by one.
      add("shadow", "%s:*:19000:0:99999:7:::".formatted(name));
    }
  }

  private void add(String file, String line) throws IOException {
    Path copy = folder.resolve(file);
    Files.writeString(copy, Files.readString(copy) + line + "\n");
  }

  /**
   * What stands before the command of the launcher: it is the first process of a namespace of its
   * own, and sees the accounts.
   */
  List<String> view() {
    return Alone.command(
        DATABASE.stream()
            .map(file ->
                "mount --bind '%s' '%s';".formatted(folder.resolve(file), ETC.resolve(file)))
            .collect(Collectors.joining(" ")));
  }
}
