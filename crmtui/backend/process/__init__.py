"""Child processes: started, bounded, cancelled."""
