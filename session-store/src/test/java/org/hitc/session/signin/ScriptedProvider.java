package org.hitc.session.signin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A provider that says what it was told to, one answer after the other. */
final class ScriptedProvider implements SignInProvider {
  private final Deque<SignInAnswer> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();

  /** What it says next. */
  ScriptedProvider says(SignInAnswer... next) {
    answers.addAll(List.of(next));
    return this;
  }

  /** What it was asked, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public SignInAnswer signIn(String user, String password) {
    asked.add(user + " " + password);
    return next();
  }

  @Override
  public SignInAnswer answer(String user, String state, Map<String, String> given) {
    asked.add(user + " " + state + " " + new java.util.TreeMap<>(given));
    return next();
  }

  private SignInAnswer next() {
    return Optional.ofNullable(answers.poll())
        .orElseThrow(() -> new SignInException(List.of("cannot tell")));
  }

  @Override
  public boolean forgets() {
    return true;
  }

  @Override
  public Optional<UserEntry> find(String user, Optional<UserEntry> kept) {
    return kept;
  }
}
