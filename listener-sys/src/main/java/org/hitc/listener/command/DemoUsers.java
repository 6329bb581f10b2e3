package org.hitc.listener.command;

import java.util.List;

/**
 * The numeric users of a demo, which nobody else has.
 *
 * @param webSide runs the gateway
 * @param sysSide runs the listener
 * @param group of exactly these two
 * @param authSide runs the authenticator
 * @param firstPerson runs steps of the first of {@link #PEOPLE}; the others follow
 */
record DemoUsers(int webSide, int sysSide, int group, int authSide, int firstPerson) {
  /** Who can sign in: name and display name. */
  static final List<Person> PEOPLE =
      List.of(new Person("anna", "Anna Berg"), new Person("bert", "Bert Holm"));

  /** How many numbers are needed. */
  static final int COUNT = 4 + PEOPLE.size();

  record Person(String name, String displayName) {}

  /** {@link #COUNT} neighbours. */
  static DemoUsers from(int first) {
    return new DemoUsers(first, first + 1, first + 2, first + 3, first + 4);
  }

  /** One for all. */
  static DemoUsers one(int user, int group) {
    return new DemoUsers(user, user, group, user, user);
  }

  /** As whom somebody's own steps run. */
  int of(Person person) {
    return firstPerson + PEOPLE.indexOf(person);
  }

  int lastPerson() {
    return firstPerson + PEOPLE.size() - 1;
  }
}
