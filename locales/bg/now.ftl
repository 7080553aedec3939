### Актуалните предупреждения.

now-title-mine = Актуални предупреждения за Вас
now-title-place = Актуални предупреждения: { $place }
now-title-city = Актуални предупреждения за целия град
now-line = { $title } – до { MOMENT($until) }
now-more = { $count ->
    [one] Има още { $count } предупреждение.
   *[other] Има още { $count } предупреждения.
}
now-nothing-mine = В момента няма предупреждения за Вашите места и теми.
now-nothing-place = В момента няма предупреждения за { $place }.
now-nothing-city = В момента в града няма предупреждения.
now-place-unknown = Не намерих „{ $text }“ в града. Опитайте с друго име на район или квартал.
