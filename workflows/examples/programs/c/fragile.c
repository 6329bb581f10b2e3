/*
 * A report as they are found in the wild: it trusts the length of its argument.
 *
 * An argument of more than 63 bytes is written over the stack, return address included. It must be built so
 * that nothing catches this (see README.md), because it stands for binaries whose source is lost.
 */
#include <stdio.h>
#include <string.h>

static void print_line(const char *account)
{
    char line[64];

    strcpy(line, account);
    printf("FRAGILE    ACCOUNT    %s\n", line);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "%%FIS-F-ARGS, usage: fragile ACCOUNT\n");
        return 2;
    }
    print_line(argv[1]);
    return 0;
}
