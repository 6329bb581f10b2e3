      *****************************************************************
      * BUDGET_12: budget by object code.
      *
      *   cobc -x -o budget12 budget12.cob
      *   FIS_DATA=../data ./budget12 204110 2026-06
      *
      * Prints, byte for byte, what the shell program ../budget12 does.
      *****************************************************************
       IDENTIFICATION DIVISION.
       PROGRAM-ID. BUDGET12.

       ENVIRONMENT DIVISION.
       INPUT-OUTPUT SECTION.
       FILE-CONTROL.
           SELECT LEDGER ASSIGN TO LEDGER-NAME
               ORGANIZATION LINE SEQUENTIAL
               FILE STATUS LEDGER-STATUS.
           SELECT REPORT-FILE ASSIGN TO "/dev/stdout"
               ORGANIZATION LINE SEQUENTIAL
               FILE STATUS REPORT-STATUS.

       DATA DIVISION.
       FILE SECTION.
       FD  LEDGER.
       01  LEDGER-RECORD.
           05  L-ACCOUNT           PIC 9(6).
           05  FILLER              PIC X.
           05  L-PERIOD            PIC X(7).
           05  FILLER              PIC X.
           05  L-OBJECT            PIC 9(6).
           05  FILLER              PIC X.
           05  L-DESCR             PIC X(25).
           05  FILLER              PIC X.
           05  L-BUDGET            PIC S9(9)V99 SIGN TRAILING SEPARATE.
           05  FILLER              PIC X.
           05  L-SPENT             PIC S9(9)V99 SIGN TRAILING SEPARATE.
       FD  REPORT-FILE.
       01  REPORT-LINE             PIC X(80).

       WORKING-STORAGE SECTION.
       01  LEDGER-NAME             PIC X(1024).
       01  LEDGER-STATUS           PIC XX.
           88  LEDGER-OK           VALUE "00" "04".
           88  LEDGER-END          VALUE "10".
       01  REPORT-STATUS           PIC XX.
           88  REPORT-OK           VALUE "00".
       01  DATA-FOLDER             PIC X(1000) VALUE SPACES.

       01  ARGUMENT-COUNT          PIC 99.
       01  ARGUMENT                PIC X(80).
       01  WANTED-ACCOUNT          PIC X(6).
       01  WANTED-PERIOD.
           05  WANTED-YEAR         PIC X(4).
           05  WANTED-DASH         PIC X.
           05  WANTED-MONTH        PIC XX.

       01  PAGE-COUNT              PIC 9(4) VALUE 0.
       01  ROW-COUNT               PIC 9(4) VALUE 0.
       01  ROWS-ON-PAGE            PIC 9(4) VALUE 0.
       01  BALANCE                 PIC S9(9)V99.
       01  TOTAL-BUDGET            PIC S9(9)V99 VALUE 0.
       01  TOTAL-SPENT             PIC S9(9)V99 VALUE 0.

       01  HEADING-1.
           05  FILLER              PIC X(70)
               VALUE "FINANCIAL INFORMATION SYSTEM".
           05  FILLER              PIC X(5) VALUE "PAGE ".
           05  H-PAGE              PIC ZZZ9.
       01  HEADING-2.
           05  FILLER              PIC X(22)
               VALUE "BUDGET_12  ACCOUNT".
           05  H-ACCOUNT           PIC X(6).
           05  FILLER              PIC X(9) VALUE "  PERIOD ".
           05  H-PERIOD            PIC X(7).
       01  HEADING-4.
           05  FILLER              PIC X(32)
               VALUE "OBJECT DESCRIPTION".
           05  FILLER              PIC X(14) VALUE "        BUDGET".
           05  FILLER              PIC X(15) VALUE "          SPENT".
           05  FILLER              PIC X(15) VALUE "        BALANCE".
       01  DETAIL-LINE.
           05  D-OBJECT            PIC 9(6).
           05  FILLER              PIC X VALUE SPACE.
           05  D-DESCR             PIC X(25).
           05  D-BUDGET            PIC ZZ,ZZZ,ZZ9.99-.
           05  FILLER              PIC X VALUE SPACE.
           05  D-SPENT             PIC ZZ,ZZZ,ZZ9.99-.
           05  FILLER              PIC X VALUE SPACE.
           05  D-BALANCE           PIC ZZ,ZZZ,ZZ9.99-.
       01  TOTAL-LINE.
           05  FILLER              PIC X(7) VALUE SPACES.
           05  FILLER              PIC X(25) VALUE "** TOTAL".
           05  T-BUDGET            PIC ZZ,ZZZ,ZZ9.99-.
           05  FILLER              PIC X VALUE SPACE.
           05  T-SPENT             PIC ZZ,ZZZ,ZZ9.99-.
           05  FILLER              PIC X VALUE SPACE.
           05  T-BALANCE           PIC ZZ,ZZZ,ZZ9.99-.

       PROCEDURE DIVISION.
       MAIN SECTION.
           PERFORM READ-ARGUMENTS
           PERFORM OPEN-FILES
           PERFORM READ-LEDGER
           PERFORM UNTIL LEDGER-END
               IF L-ACCOUNT = WANTED-ACCOUNT
                  AND L-PERIOD = WANTED-PERIOD
                   PERFORM PRINT-ROW
               END-IF
               PERFORM READ-LEDGER
           END-PERFORM
           CLOSE LEDGER
           IF ROW-COUNT = 0
               DISPLAY "%FIS-E-NOTHING, account " WANTED-ACCOUNT
                   " has no budget in period " WANTED-PERIOD
                   UPON STDERR
               STOP RUN RETURNING 1
           END-IF
           PERFORM PRINT-TOTAL
           CLOSE REPORT-FILE
           STOP RUN RETURNING 0.

       READ-ARGUMENTS SECTION.
           ACCEPT ARGUMENT-COUNT FROM ARGUMENT-NUMBER
           IF ARGUMENT-COUNT NOT = 2
               DISPLAY "%FIS-F-ARGS, usage: budget12 ACCOUNT PERIOD"
                   UPON STDERR
               STOP RUN RETURNING 2
           END-IF
           ACCEPT ARGUMENT FROM ARGUMENT-VALUE
           MOVE ARGUMENT TO WANTED-ACCOUNT
           IF WANTED-ACCOUNT NOT NUMERIC OR ARGUMENT(7:) NOT = SPACES
               DISPLAY "%FIS-E-BADACCOUNT, an account has six digits"
                   UPON STDERR
               STOP RUN RETURNING 1
           END-IF
           ACCEPT ARGUMENT FROM ARGUMENT-VALUE
           MOVE ARGUMENT TO WANTED-PERIOD
           IF WANTED-YEAR NOT NUMERIC OR WANTED-DASH NOT = "-"
              OR WANTED-MONTH NOT NUMERIC OR ARGUMENT(8:) NOT = SPACES
               DISPLAY "%FIS-E-BADPERIOD, a period is written CCYY-MM"
                   UPON STDERR
               STOP RUN RETURNING 1
           END-IF.

       OPEN-FILES SECTION.
           ACCEPT DATA-FOLDER FROM ENVIRONMENT "FIS_DATA"
           IF DATA-FOLDER = SPACES
               MOVE "." TO DATA-FOLDER
           END-IF
           STRING DATA-FOLDER DELIMITED BY SPACE
               "/ledger" DELIMITED BY SIZE INTO LEDGER-NAME
           OPEN INPUT LEDGER
           IF NOT LEDGER-OK
               DISPLAY "%FIS-F-NODATA, the ledger cannot be read"
                   UPON STDERR
               STOP RUN RETURNING 2
           END-IF.

       READ-LEDGER SECTION.
           READ LEDGER
           IF NOT LEDGER-OK AND NOT LEDGER-END
               DISPLAY "%FIS-F-LEDGER, the ledger cannot be evaluated"
                   UPON STDERR
               STOP RUN RETURNING 2
           END-IF.

       PRINT-ROW SECTION.
           IF ROW-COUNT = 0 OR ROWS-ON-PAGE = 2
               PERFORM PRINT-HEADING
           END-IF
           MOVE L-OBJECT TO D-OBJECT
           MOVE L-DESCR TO D-DESCR
           MOVE L-BUDGET TO D-BUDGET
           MOVE L-SPENT TO D-SPENT
           SUBTRACT L-SPENT FROM L-BUDGET GIVING BALANCE
           MOVE BALANCE TO D-BALANCE
           WRITE REPORT-LINE FROM DETAIL-LINE AFTER ADVANCING 1 LINE
           ADD 1 TO ROW-COUNT ROWS-ON-PAGE
           ADD L-BUDGET TO TOTAL-BUDGET
           ADD L-SPENT TO TOTAL-SPENT.

       PRINT-HEADING SECTION.
           ADD 1 TO PAGE-COUNT
           MOVE 0 TO ROWS-ON-PAGE
           MOVE PAGE-COUNT TO H-PAGE
           IF PAGE-COUNT = 1
               OPEN OUTPUT REPORT-FILE
               IF NOT REPORT-OK
                   DISPLAY "%FIS-F-NOPRINT, the report cannot be "
                       "printed" UPON STDERR
                   STOP RUN RETURNING 2
               END-IF
               WRITE REPORT-LINE FROM HEADING-1
                   AFTER ADVANCING 0 LINES
           ELSE
               WRITE REPORT-LINE FROM HEADING-1 AFTER ADVANCING PAGE
           END-IF
           MOVE WANTED-ACCOUNT TO H-ACCOUNT
           MOVE WANTED-PERIOD TO H-PERIOD
           WRITE REPORT-LINE FROM HEADING-2 AFTER ADVANCING 1 LINE
           WRITE REPORT-LINE FROM HEADING-4 AFTER ADVANCING 2 LINES.

       PRINT-TOTAL SECTION.
           MOVE TOTAL-BUDGET TO T-BUDGET
           MOVE TOTAL-SPENT TO T-SPENT
           SUBTRACT TOTAL-SPENT FROM TOTAL-BUDGET GIVING BALANCE
           MOVE BALANCE TO T-BALANCE
           WRITE REPORT-LINE FROM TOTAL-LINE AFTER ADVANCING 2 LINES.
