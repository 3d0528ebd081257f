;; Turns `$end` characters at 0 into the bytes that they stand for (see pkg/inline.mjs), in their place, and says how
;; many these are. JavaScript, of which the engine has compiled nothing yet, would take several times as long.
(module
  (memory (export "memory") 1)
  (func (export "decode") (param $end i32) (result i32)
    (local $in i32)
    (local $out i32)
    (local $byte i32)
    (loop $next
      (local.set $byte (i32.sub (i32.load8_u (local.get $in)) (i32.const 35)))
      (if (i32.ge_u (local.get $byte) (i32.const 88))
        (then
          ;; A mark: 88 for each step from 87 on, and the digit that follows.
          (local.set $byte
            (i32.add
              (i32.mul (i32.sub (local.get $byte) (i32.const 87)) (i32.const 88))
              (i32.sub (i32.load8_u offset=1 (local.get $in)) (i32.const 35))))
          (local.set $in (i32.add (local.get $in) (i32.const 1)))))
      (i32.store8 (local.get $out) (local.get $byte))
      (local.set $out (i32.add (local.get $out) (i32.const 1)))
      (local.set $in (i32.add (local.get $in) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $in) (local.get $end))))
    (local.get $out)))
