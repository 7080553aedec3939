### Words shared by all: how lists, dates and times are joined.
### $first, $next and $last are already worded; $date and $time come from DATE() and TIME().

list-next = { $first }, { $next }
list-last = { $first } and { $last }

moment = { $date }, { $time }
