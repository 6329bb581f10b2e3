      *****************************************************************
      * A line of the report BUDGET_12: DETAIL-LINE of budget12.cob.
      *****************************************************************
       01  DETAIL-LINE.
           05  OBJECT              PIC 9(6).
           05  FILLER              PIC X VALUE SPACE.
           05  DESCR               PIC X(25).
           05  BUDGET              PIC ZZ,ZZZ,ZZ9.99-.
           05  FILLER              PIC X VALUE SPACE.
           05  SPENT               PIC ZZ,ZZZ,ZZ9.99-.
           05  FILLER              PIC X VALUE SPACE.
           05  BALANCE             PIC ZZ,ZZZ,ZZ9.99-.
