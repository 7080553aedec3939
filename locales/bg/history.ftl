### Историята на една чернова или едно предупреждение, както я разказва „glas audit --of“. $act е едно от действията долу.

history-line = { MOMENT($at) }: { $actor } { $act }.
history-why = { MOMENT($at) }: { $actor } { $act }: „{ $reason }“
history-sent = { MOMENT($at) }: { $actor } { $act }. Излезе като предупреждение { $alert }.
history-of = ── { $value }
history-nothing = В протокола няма нищо за „{ $value }“. Напишете draft:НОМЕР или alert:НОМЕР.

## Действия

history-new = написа чернова
history-update = написа чернова с нови данни
history-cancel = написа чернова за край на предупреждение
history-correction = написа чернова за поправка
history-drill = написа чернова за учение
history-submit = я предаде за одобрение
history-send = я разпрати
history-approve = я одобри
history-return = я върна
history-reject = я отхвърли
history-break-glass = я разпрати без втори човек
