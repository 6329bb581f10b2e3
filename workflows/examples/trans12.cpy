      *****************************************************************
      * A line of the report TRANS_12.
      *****************************************************************
       01  DETAIL-LINE.
           05  TRANS-DATE          PIC X(10).
           05  FILLER              PIC XX VALUE SPACES.
           05  VOUCHER             PIC X(8).
           05  FILLER              PIC XX VALUE SPACES.
           05  TRANS-TEXT          PIC X(30).
           05  FILLER              PIC X VALUE SPACE.
           05  AMOUNT              PIC ZZ,ZZZ,ZZ9.99-.
