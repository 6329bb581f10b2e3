package org.hitc.listener.launcher;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hitc.listener.launcher.protocol.Ask;

/**
 * One program of the policy, and all that is allowed with it.
 *
 * @param sha256 of the file, in small hexadecimal digits, when the policy pins it
 * @param asUser whether it may run as the signed-in user
 * @param accounts the fixed accounts it may run as
 * @param users which signed-in users may run it
 * @param args what its arguments may be, one by one
 * @param encoding of its arguments
 * @param environment variables it gets besides the fixed ones
 * @param allow what an account may be that is refused otherwise
 * @param concurrent how many of it run at once
 */
public record Entry(
    String name,
    Path program,
    Optional<String> sha256,
    boolean asUser,
    Set<String> accounts,
    Audience users,
    List<Argument> args,
    Charset encoding,
    Map<String, String> environment,
    Folder folder,
    Set<Allowance> allow,
    Limits limits,
    int concurrent) {

  public Entry {
    accounts = Set.copyOf(accounts);
    args = List.copyOf(args);
    environment = Map.copyOf(environment);
    allow = Set.copyOf(allow);
  }

  /** Where it runs. */
  sealed interface Folder {
    /** {@code /}. */
    record Root() implements Folder {}

    /** The account's own. */
    record Home() implements Folder {}

    /** This one. */
    record Fixed(Path path) implements Folder {}
  }

  /** What an account may be only when the policy says so. */
  enum Allowance {
    LOCKED,
    NOLOGIN,
    NO_HOME,
    EXPIRED
  }

  /** Which signed-in users. */
  sealed interface Audience {
    /** Everybody who has a grant. */
    record All() implements Audience {}

    /** Members of one of these groups of the system. */
    record Groups(Set<String> names) implements Audience {}

    /** These. */
    record Names(Set<String> names) implements Audience {}

    /** Users of the system whose number is one of these. */
    record Uids(Yaml.Range range) implements Audience {}

    /**
     * Whether a user belongs to it.
     *
     * @param account of the user, when the system has one
     */
    default boolean contains(String user, Optional<Account> account) {
      return switch (this) {
        case All _ -> true;
        case Names(Set<String> names) -> names.contains(user);
        case Groups(Set<String> names) ->
            account.stream().flatMap(a -> a.groupNames().stream()).anyMatch(names::contains);
        case Uids(Yaml.Range range) -> account.filter(a -> range.contains(a.uid())).isPresent();
      };
    }

    /** For the auditor. */
    default String describe() {
      return switch (this) {
        case All _ -> "all";
        case Names(Set<String> names) -> String.join(" ", new TreeSet<>(names));
        case Groups(Set<String> names) -> "group " + String.join(" ", new TreeSet<>(names));
        case Uids(Yaml.Range range) -> "uid " + range;
      };
    }
  }

  /**
   * What is known before a run to be refused.
   *
   * @param account {@link Ask.Run#SIGNED_IN}, or a name
   * @param values the arguments; empty where only a run will tell
   * @return in words; empty when nothing is known to be wrong
   */
  public Optional<String> objection(String account, List<Optional<String>> values) {
    return accountObjection(account).or(() -> valuesObjection(values));
  }

  Optional<String> accountObjection(String account) {
    boolean allowed = account.equals(Ask.Run.SIGNED_IN) ? asUser : accounts.contains(account);
    return allowed
        ? Optional.empty()
        : Optional.of(
            name
                + " does not run as "
                + (account.equals(Ask.Run.SIGNED_IN) ? "the signed-in user" : account));
  }

  Optional<String> valuesObjection(List<Optional<String>> values) {
    if (values.size() != args.size()) {
      return Optional.of(name + " takes " + args.size() + " arguments, not " + values.size());
    }
    for (int i = 0; i < args.size(); i++) {
      Optional<String> wrong = values.get(i).flatMap(args.get(i)::objection);
      if (wrong.isPresent()) {
        return Optional.of("argument " + (i + 1) + " of " + name + " " + wrong.get());
      }
    }
    return Optional.empty();
  }

  /** A line for the auditor: name, program, as whom, for whom, with which arguments. */
  public String describe() {
    Set<String> as = new TreeSet<>(accounts);
    if (asUser) {
      as.add("user");
    }
    return String.join(
        "  ",
        name,
        program.toString(),
        "as " + String.join(" ", as),
        "for " + users.describe(),
        "with "
            + (args.isEmpty()
                ? "no arguments"
                : args.stream().map(Argument::describe).collect(Collectors.joining(" "))));
  }
}
