### Общи думи: как се съединяват списъци, дати и часове.
### $first, $next и $last са вече изписани; $date и $time идват от DATE() и TIME().

list-next = { $first }, { $next }
list-last = { $first } и { $last }

moment = { $date }, { $time }{ "\u00A0" }ч.
