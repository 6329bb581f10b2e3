# Adds up the three amounts of BUDGET_12's rows, in cents: what any operator would do by hand.
function cents(field,    sign) {
  sign = substr(field, 14) == "-" ? -1 : 1
  gsub(/[ ,.-]/, "", field)
  return sign * field
}

/^[0-9]/ {
  budget += cents(substr($0, 33, 14))
  spent += cents(substr($0, 48, 14))
  balance += cents(substr($0, 63, 14))
}

END { printf "%.0f %.0f %.0f\n", budget, spent, balance }
