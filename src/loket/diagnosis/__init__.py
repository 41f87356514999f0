"""How this installation is doing: for the doctor, for monitors and for the start itself."""
