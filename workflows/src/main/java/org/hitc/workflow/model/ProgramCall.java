package org.hitc.workflow.model;

import java.util.List;

/**
 * A registered program and what it is given. There is no shell: one template is one argument or one
 * input line, and an empty value stays an empty element.
 *
 * @param program the name under which the sysadmin registered it
 * @param args the arguments after the program's own name
 * @param stdin the lines on its standard input
 * @param runAs as whom it runs
 */
public record ProgramCall(String program, List<Template> args, List<Template> stdin, RunAs runAs) {
  public ProgramCall {
    Names.check(program);
    args = List.copyOf(args);
    stdin = List.copyOf(stdin);
  }
}
